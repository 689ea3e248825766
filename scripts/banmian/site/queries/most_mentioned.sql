-- title: 谁被提到最多 · Who is mentioned most
-- description: >-
--   哪些人物、机构被提到最多,见于几篇?
--   · Which people and organizations are named most, and in how many articles?
-- group: people
-- order: 1
-- parameters:
--   kind:
--     meaning: 人物还是机构 · people or organizations
--     type: text
--     default: 全部 · both
--     choices: {values: mentions.kind}
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
  select person_id, organization_id, count(*) as mentions, count(distinct article_id) as articles,
    sum(field <> 'body') as in_headings
  from within cross join mentions using (article_id)
  where coalesce(:edition, '') || coalesce(:since, '') || coalesce(:until, '') || coalesce(:reprints, '') <> ''
  group by person_id, organization_id
),
named as (
  select 'person' as kind, name, mentions, articles, in_headings, null as organization_type, null as name_basis,
    address, id as person_id, null as organization_id
  from people
  where coalesce(:edition, '') || coalesce(:since, '') || coalesce(:until, '') || coalesce(:reprints, '') = ''
  union all
  select 'organization', name, mentions, articles, in_headings, type, name_basis, address, null, id
  from organizations
  where coalesce(:edition, '') || coalesce(:since, '') || coalesce(:until, '') || coalesce(:reprints, '') = ''
  union all
  select 'person', name, counted.mentions, counted.articles, counted.in_headings, null, null, address, id, null
  from counted join people on people.id = person_id
  union all
  select 'organization', name, counted.mentions, counted.articles, counted.in_headings, type, name_basis, address,
    null, id
  from counted join organizations on organizations.id = organization_id
),
doubted as (
  select person_id, organization_id, max(doubt) as doubt
  from mention_doubts join mentions_in_context using (mention_id)
  group by person_id, organization_id
)
select
  kind, name, mentions, articles, in_headings, organization_type, name_basis, doubt, address, named.person_id,
  named.organization_id
from named left join doubted
  on doubted.person_id is named.person_id and doubted.organization_id is named.organization_id
where coalesce(nullif(:kind, ''), kind) = kind
order by mentions desc, kind, name
