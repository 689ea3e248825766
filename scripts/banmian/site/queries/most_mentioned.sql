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
with named as (
  select 'person' as kind, name, mentions, articles, in_headings, null as organization_type, null as name_basis,
    address, id as person_id, null as organization_id
  from people
  union all
  select 'organization', name, mentions, articles, in_headings, type, name_basis, address, null, id
  from organizations
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
