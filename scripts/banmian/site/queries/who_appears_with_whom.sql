-- title: 谁与谁同见 · Who appears with whom
-- description: >-
--   与某人见于同一篇报道的还有谁,各在其中做什么?采写者不算。
--   · Who else is named in the articles that name a person, and what part does each play? Reporters and authors are left
--   out.
-- group: people
-- order: 2
-- parameters:
--   person:
--     meaning: 姓名 · a name
--     type: text
--     default: 发言、行动、出席的人中被提到最多的 · the one named most among those who speak, act or attend
--     choices:
--       sql: >-
--         select people.name from mentions join people on people.id = person_id
--         where coalesce(part, '') not in ('reporter', 'author')
--         group by people.name order by count(*) desc, min(people.id)
with appearing as (
  select article_id, person_id, group_concat(distinct part) as parts, count(*) as mentions
  from mentions
  where kind = 'person' and coalesce(part, '') not in ('reporter', 'author')
  group by article_id, person_id
), input as (
  select coalesce(nullif(:person, ''), (
    select people.name from mentions join people on people.id = person_id
    where part in ('speaker', 'subject', 'attendee')
    group by person_id order by count(*) desc, count(distinct article_id) desc, person_id limit 1
  )) as person
)
select
  people.name as person, ours.parts as part_of_person, others.name as appears_with, theirs.parts as their_part,
  articles.headline, articles.address, theirs.article_id, others.id as person_id
from people
join appearing as ours on ours.person_id = people.id
join appearing as theirs on theirs.article_id = ours.article_id and theirs.person_id <> people.id
join people as others on others.id = theirs.person_id
join articles on articles.id = theirs.article_id
where people.name = (select person from input)
order by count(*) over (partition by others.id) desc, others.id, theirs.article_id
