-- title: 各人的职务 · Offices of each person
-- description: >-
--   每个人在报道中担任什么职务?照印,按印出的次序。“机构依据”是机构何以得知,“全称来源”是其全称印出还是推定。
--   · Which offices does each person hold, as printed and in printed order? “Body known by” says how the body is
--   known, “Full name is” whether its full name is printed.
-- group: offices
-- order: 1
-- parameters:
--   person:
--     meaning: 姓名 · a name
--     type: text
--     default: 全部 · all
--     choices:
--       sql: >-
--         select people.name from positions join people on people.id = person_id
--         group by people.name order by min(positions.id)
select
  person, title, organization,
  case basis when 'printed' then '印出 · printed' when 'office' then '由职务推定 · inferred from the office' end
    as body_known_by,
  case organization_name_basis when 'expanded' then '推定 · inferred' when 'printed' then '印出 · printed' end
    as full_name_is,
  role_as_printed, date as printed_on,
  iif(date is null, null, date_basis) as date_basis,
  iif(date is null, nullif(coalesce(date_earliest, '') || ' – ' || coalesce(date_latest, ''), ' – '), null)
    as printed_between,
  doubt, headline, organization_name_basis,
  (select address from people where id = person_id) as address, person_id, organization_id, article_id, mention_id
from positions_with_names
where coalesce(nullif(:person, ''), person) = person
order by mention_id, position
