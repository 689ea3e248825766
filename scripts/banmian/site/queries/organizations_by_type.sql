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
select
  organization_type as type, name, organization_name_basis as name_basis, count(*) as mentions,
  count(distinct article_id) as articles, max(doubt) as doubt,
  (select address from organizations where id = organization_id) as address, organization_id
from mentions_in_context
where kind = 'organization' and coalesce(nullif(:type, ''), organization_type) = organization_type
group by organization_id
order by organization_type, mentions desc, organization_id
