-- title: 各人言论的篇幅 · Whose words are reported most
-- description: >-
--   转述各人的话共多少处、多少字,占正文百分之几?图见 /-/pictures/speech。
--   · How often and at what length is each person reported to have said something, and what share of all text is that, in per
--   cent? /-/pictures/speech draws it.
-- group: people
-- order: 7
-- parameters:
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
),
texts as materialized (select sum(length(body)) as characters from articles where id in (select article_id from within))
select
  people.name as person, count(*) as statements, count(distinct article_id) as articles,
  sum("end" - start) as characters,
  round(100.0 * sum("end" - start) / (select texts.characters from texts), 2) as percent,
  people.address, statements.person_id
from statements join within using (article_id) join people on people.id = statements.person_id
group by statements.person_id
order by characters desc, statements.person_id
