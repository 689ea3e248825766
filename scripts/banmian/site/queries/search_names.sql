-- title: 查找人物与机构 · Find people and organizations
-- description: >-
--   哪些人物、机构的名称或别名含有这些字?
--   · Which people and organizations are called so, by their full or another name?
-- group: search
-- order: 2
-- parameters:
--   q:
--     meaning: 要找的字 · what to find
--     type: text
--     default: 出现最多的机构别名 · the commonest short name
with input as (
  select coalesce(nullif(:q, ''), (
    select surface from mentions where kind = 'organization'
    group by surface order by count(*) desc, surface limit 1
  )) as q
)
select
  'person' as kind, people.name, readable(highlight(people_fts, 1, hit_start(), hit_end())) as other_names,
  null as type, (select count(*) from mentions where person_id = people.id) as mentions,
  people.address, people.id as person_id, null as organization_id, null as name_basis, (select q from input) as searched
from people_fts join people on people.id = people_fts.rowid
where people_fts match escape_fts_width((select q from input))
union all
select
  'organization', organizations.name,
  readable(highlight(organizations_fts, 1, hit_start(), hit_end())),
  organizations.type, (select count(*) from mentions where organization_id = organizations.id),
  organizations.address, null, organizations.id, organizations.name_basis, (select q from input)
from organizations_fts join organizations on organizations.id = organizations_fts.rowid
where organizations_fts match escape_fts_width((select q from input))
order by mentions desc
