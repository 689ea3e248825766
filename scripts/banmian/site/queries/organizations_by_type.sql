-- title: 各类机构 · Organizations by type
-- description: >-
--   各类机构有哪些,各被提到几次,有何存疑?name_basis:全称是印出(printed)还是推定(expanded)。
--   · Which organizations of each type are named, how often, and what is doubtful? name_basis says how the full name is
--   known.
-- group: organizations
-- order: 1
-- parameters:
--   type:
--     meaning: 机构类型 · type of organization
--     type: text
--     default: 全部 · all
--     choices: {values: organizations.type}
with doubted as materialized (
  select organization_id, max(doubt) as doubt from mention_doubts join mentions_in_context using (mention_id)
  where organization_id is not null group by organization_id
)
select
  type, name, name_basis, mentions, articles, doubted.doubt, address, id as organization_id
from organizations left join doubted on doubted.organization_id = id
where mentions > 0 and coalesce(nullif(:type, ''), type) = type
order by type, mentions desc, id
