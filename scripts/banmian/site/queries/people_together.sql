-- title: 同见者成对 · People by twos
-- description: >-
--   哪两人见于同几篇报道?采写者不算,最常同见的在前。不指定人物时,只看见于最多篇的数百人。图见 /-/pictures/together。
--   · Which two people stand in the same articles, and in how many? Reporters and authors are left out; those who appear together
--   most come first. Unless a person is given, only some hundred who stand in most articles are paired. /-/pictures/together
--   draws it.
-- group: people
-- order: 3
-- parameters:
--   person:
--     meaning: 只看此人(姓名或键)的同见者 · of those only who appear with this person, by name or key
--     type: text
--     default: 全部 · all
--     choices:
--       sql: >-
--         select people.key, people.name from people
--         where exists (
--           select 1 from mentions as ours join mentions as theirs on theirs.article_id = ours.article_id
--           where ours.person_id = people.id and coalesce(ours.part, '') not in ('reporter', 'author', 'editor')
--             and theirs.person_id <> people.id and coalesce(theirs.part, '') not in ('reporter', 'author', 'editor')
--         )
--         order by mentions desc, people.id limit 500
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
chosen (person_id) as materialized (
  select id from people where key = :person
  union all
  select id from people where name = :person and not exists (select 1 from people where key = :person)
),
appearing as materialized (
  select article_id, person_id
  from (select id as person_id from people order by articles desc, id limit 600) cross join mentions using (person_id)
  where coalesce(part, '') not in ('reporter', 'author', 'editor')
    and (coalesce(:reprints, '') <> 'once' or article_id not in (select article_id from reprints where article_id <> first_article_id))
    and coalesce(:edition, '') || coalesce(:since, '') || coalesce(:until, '') || coalesce(:person, '') = ''
  union
  select article_id, person_id
  from (
    select article_id from within
    where coalesce(:person, '') = '' and coalesce(:edition, '') || coalesce(:since, '') || coalesce(:until, '') <> ''
    union all
    select distinct article_id from chosen cross join mentions using (person_id)
    where article_id in (select article_id from within)
  ) cross join mentions using (article_id)
  where kind = 'person' and coalesce(part, '') not in ('reporter', 'author', 'editor')
),
counted as materialized (
  select person_id, count(*) as articles from appearing group by person_id
  order by articles desc, person_id limit iif(coalesce(:person, '') = '', 400, -1)
),
often as materialized (select article_id, person_id from appearing where person_id in (select person_id from counted)),
pairs as materialized (
  select ours.person_id, theirs.person_id as other_person_id, count(*) as articles
  from often as ours join often as theirs
    on theirs.article_id = ours.article_id and theirs.person_id > ours.person_id
  group by ours.person_id, theirs.person_id
)
select
  people.name as person, others.name as other, pairs.articles, counted.articles as articles_of_person,
  of_other.articles as articles_of_other, people.address, others.address as other_address, pairs.person_id,
  pairs.other_person_id
from pairs
join counted using (person_id) join counted as of_other on of_other.person_id = other_person_id
join people on people.id = pairs.person_id join people as others on others.id = other_person_id
order by pairs.articles desc, counted.articles + of_other.articles desc, pairs.person_id, other_person_id
