-- title: 历时,每年、每月、每日几篇 · Articles over time, by year, month or day
-- description: >-
--   一个人物、一个机构或一串字每年、每月、每日见于几篇报道,占当时全部报道的百分之几?没有确切日期的各期另计一行(time为空)。只填人物、机构、文字之一。
--   · In how many articles of each year, month or day a person, an organization or some words stand, and what share of all
--   articles of that time these are, in per cent. Editions without an exact date are counted apart, in the row without a time.
--   Fill in one of person, organization and word. The page /-/over-time draws it.
-- group: articles
-- order: 2
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
--   by:
--     meaning: 按年、月还是日 · by year, month or day
--     type: text
--     default: 月 · month
--     choices: [year, month, day]
--   since:
--     meaning: 从何时起,如1998或1998-03 · since when, as 1998 or 1998-03
--     type: text
--     default: 最早 · the beginning
--   until:
--     meaning: 到何时止(含) · until when, itself included
--     type: text
--     default: 最晚 · the end
--   reprints:
--     meaning: 重印怎么计 · how reprints count
--     type: text
--     default: 每次都计 · each time
--     choices: [once]
with asked as (
  select
    coalesce(:person, '') as person, coalesce(:organization, '') as organization,
    case :by when 'year' then 4 when 'day' then 10 else 7 end as size,
    coalesce(:since, '') as since, coalesce(:until, '') as until
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
), printed as (
  select articles.id, date, substr(date, 1, size) as time
  from asked cross join editions join pages on pages.edition_id = editions.id join articles on articles.page_id = pages.id
  where (date is null or (date >= since and (until = '' or substr(date, 1, length(until)) <= until)))
    and (coalesce(:reprints, '') <> 'once' or articles.id not in (select article_id from reprints where article_id <> first_article_id))
)
select
  time, count(article_id) as articles, count(*) as of_all, round(100.0 * count(article_id) / count(*), 3) as percent,
  min(date) filter (where article_id is not null) as first_date,
  max(date) filter (where article_id is not null) as last_date
from printed left join found on article_id = printed.id
group by time
order by time
