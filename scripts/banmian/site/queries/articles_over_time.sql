-- title: 某时的报道 · Articles of a time
-- description: >-
--   某年、某月、某日哪些报道提到一个人物、一个机构或一串字?只填人物、机构、文字之一;时间写“无”,则列没有确切日期的。
--   · Which articles of a year, a month or a day name a person, an organization or some words? Fill in one of the three; the
--   time `none` lists those without an exact date. The points of /-/over-time lead here.
-- group: articles
-- order: 3
-- parameters:
--   word:
--     meaning: 文字,同搜索框 · words, as in a search box
--     type: text
--     default: 权重最高的关键词 · the weightiest keyword
--   person:
--     meaning: 人物的键 · the key of a person
--     type: text
--     default: 无 · none
--   organization:
--     meaning: 机构的键 · the key of an organization
--     type: text
--     default: 无 · none
--   time:
--     meaning: 何时,如1998、1998-03、1998-03-05 · when, as 1998, 1998-03, 1998-03-05
--     type: text
--     default: 全部 · all
--   reprints:
--     meaning: 重印怎么计 · how reprints count
--     type: text
--     default: 每次都计 · each time
--     choices: [once]
with asked as (
  select coalesce(:person, '') as person, coalesce(:organization, '') as organization, coalesce(:time, '') as time
), found (article_id) as materialized (
  select article_id from mentions
  where person_id = (select people.id from people, asked where people.key = person)
  union
  select article_id from mentions
  where organization_id = (select organizations.id from organizations, asked where organizations.key = organization)
  union
  select rowid from articles_fts
  where articles_fts match escape_fts((
    select coalesce(nullif(:word, ''), (select word from keywords order by weight desc, word limit 1))
    from asked where person = '' and organization = ''
  ))
), shown (article_id, date, newspaper, number, place) as materialized (
  select articles.id, date, newspaper, pages.number, row_number() over (order by date, editions.id, pages.position, articles.position)
  from asked cross join editions join pages on pages.edition_id = editions.id join articles on articles.page_id = pages.id
  join found on found.article_id = articles.id
  where (time = '' or (time = 'none' and date is null) or substr(date, 1, length(time)) = time)
    and (coalesce(:reprints, '') <> 'once' or articles.id not in (select article_id from reprints where article_id <> first_article_id))
)
select date, newspaper, shown.number as page, headline, characters, articles.address, shown.article_id
from shown join articles on articles.id = article_id
order by place
