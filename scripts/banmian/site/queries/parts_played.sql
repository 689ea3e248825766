-- title: 各人角色 · Parts that people play
-- description: >-
--   各人被提到时,几次是发言、行动、出席、仅被提及,几次是采写或编校?不限定一期或一段时间时,只列提到最多的500人。图见 /-/pictures/parts。
--   · When a person is named, how often as one who speaks, acts, attends or is only referred to, and how often as reporter,
--   author or editor? Unless an edition or a time is chosen, of the 500 who are named most. /-/pictures/parts draws it.
-- group: people
-- order: 8
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
counted as materialized (
  select person_id, count(*) as mentions, sum(part = 'speaker') as speaker, sum(part = 'subject') as subject,
    sum(part = 'attendee') as attendee, sum(part = 'referenced') as referenced, sum(part = 'reporter') as reporter,
    sum(part = 'author') as author, sum(part = 'editor') as editor
  from (
    select person_id, part
    from (select id as person_id from people order by mentions desc, id limit 500) cross join mentions using (person_id)
    where coalesce(:edition, '') || coalesce(:since, '') || coalesce(:until, '') = ''
      and (coalesce(:reprints, '') <> 'once' or article_id not in (select article_id from reprints where article_id <> first_article_id))
    union all
    select person_id, part from within cross join mentions using (article_id)
    where person_id is not null and coalesce(:edition, '') || coalesce(:since, '') || coalesce(:until, '') <> ''
  )
  group by person_id
)
select
  people.name as person, counted.mentions, speaker, subject, attendee, referenced, reporter, author, editor, people.address,
  person_id
from counted join people on people.id = person_id
order by counted.mentions desc, person_id
