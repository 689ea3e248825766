-- title: 谁与谁同见 · Who appears with whom
-- description: >-
--   与某人见于同一篇报道的还有谁,各在其中做什么?采写者不算。
--   · Who else is named in the articles that name a person, and what part does each play? Reporters and authors are left
--   out.
-- group: people
-- order: 2
-- parameters:
--   person:
--     meaning: 姓名或键 · a name or key
--     type: text
--     default: 发言、行动、出席的人中被提到最多的 · the one named most among those who speak, act or attend
--     choices:
--       sql: select name from people where mentions > signed group by name order by sum(mentions - signed) desc, min(id)
--   other:
--     meaning: 只看与此人(姓名或键)同见的 · with this person only, by name or key
--     type: text
--     default: 全部 · all
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
chosen as materialized (
  select id from people where key = coalesce(nullif(:person, ''), (
    select people.key from mentions join people on people.id = person_id
    where part in ('speaker', 'subject', 'attendee')
    group by person_id order by count(*) desc, count(distinct article_id) desc, person_id limit 1
  ))
  union all
  select id from people where name = :person and not exists (select 1 from people where key = :person)
),
appearing as materialized (
  select article_id, person_id, group_concat(distinct part) as parts
  from mentions
  where kind = 'person' and coalesce(part, '') not in ('reporter', 'author', 'editor')
    and article_id in (select article_id from mentions where person_id in (select id from chosen))
    and article_id in (select article_id from within)
  group by article_id, person_id
)
select
  people.name as person, ours.parts as part_of_person, others.name as appears_with, theirs.parts as their_part,
  articles.headline, articles.address, theirs.article_id, others.id as person_id
from people
join appearing as ours on ours.person_id = people.id
join appearing as theirs on theirs.article_id = ours.article_id and theirs.person_id <> people.id
join people as others on others.id = theirs.person_id
join articles on articles.id = theirs.article_id
where people.id in (select id from chosen)
  and (coalesce(:other, '') = '' or others.key = :other
    or (others.name = :other and not exists (select 1 from people where key = :other)))
order by count(*) over (partition by others.id) desc, others.id, theirs.article_id
