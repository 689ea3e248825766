-- title: 机构里的人 · People by body
-- description: >-
--   每个机构里报道提到了哪些任职的人?“依据”是机构何以得知,“全称来源”是其全称印出还是推定。
--   · Who holds which office in each body? “Basis” says how the body is known, “Full name is” whether its full
--   name is printed.
-- group: offices
-- order: 2
-- parameters:
--   organization:
--     meaning: 机构全称 · the full name of a body
--     type: text
--     default: 全部 · all
--     choices:
--       sql: >-
--         select organizations.name from positions join organizations on organizations.id = organization_id
--         group by organizations.id order by organizations.id
select
  organization, person, title, basis,
  case organization_name_basis when 'expanded' then '推定 · inferred' when 'printed' then '印出 · printed' end
    as full_name_is,
  min(date) as printed_from, max(date) as printed_until,
  iif(max(date) is null, nullif(coalesce(min(date_earliest), '') || ' – ' || coalesce(max(date_latest), ''), ' – '), null)
    as printed_between,
  max(doubt) as doubt, count(distinct article_id) as articles, organization_name_basis,
  (select address from organizations where id = organization_id) as address, organization_id, person_id
from positions_with_names
where organization_id is not null and coalesce(nullif(:organization, ''), organization) = organization
group by organization_id, person_id, title
order by organization_id, min(mention_id)
