-- title: 各人言论占多少篇幅 · Share of the text by speaker
-- description: >-
--   每篇报道的正文有多少是转述某人的话?
--   · How much of each article's body reports what a person said?
-- group: people
-- order: 6
-- parameters:
--   person:
--     meaning: 姓名或键 · a name or key
--     type: text
--     default: 全部 · all
--     choices:
--       sql: >-
--         select people.key, people.name from statements join people on people.id = person_id
--         group by people.id order by count(*) desc, people.id limit 500
--   edition:
--     meaning: 只看这一期 · of this edition only
--     type: text
--     default: 全部 · all
--     choices:
--       sql: select id from editions order by coalesce(date, date_latest, date_earliest) desc, id limit 500
--   since:
--     meaning: 从何时起,如1998或1998-03;没有确切日期的不算 · since when, as 1998 or 1998-03, without editions of no exact date
--     type: text
--     default: 全部 · all
--   until:
--     meaning: 到何时止(含);没有确切日期的不算 · until when, itself included, without editions of no exact date
--     type: text
--     default: 全部 · all
--   reprints:
--     meaning: 重印怎么计 · how reprints count
--     type: text
--     default: 每次都计 · each time
--     choices: [once]
with within (article_id) as materialized (
  select articles.id
  from editions join pages on pages.edition_id = editions.id join articles on articles.page_id = pages.id
  where editions.id = coalesce(nullif(:edition, ''), editions.id)
    and (coalesce(:since, '') = '' or date >= :since)
    and (coalesce(:until, '') = '' or substr(date, 1, length(:until)) <= :until)
    and (coalesce(:reprints, '') <> 'once' or articles.id not in (select article_id from reprints where article_id <> first_article_id))
)
select
  articles.headline, people.name as person, count(*) as statements,
  sum(statements."end" - statements.start) as characters,
  round(100.0 * sum(statements."end" - statements.start) / length(articles.body), 1) as percent_of_body,
  articles.address, statements.article_id, statements.person_id
from statements
join within using (article_id)
join articles on articles.id = statements.article_id
join people on people.id = statements.person_id
where coalesce(:person, '') = '' or people.key = :person
  or (people.name = :person and not exists (select 1 from people where key = :person))
group by statements.article_id, statements.person_id
order by characters desc, statements.article_id
