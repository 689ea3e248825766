-- title: 机构名录 · Organizations
-- description: >-
--   有哪些机构?类型、被提到几次、见于几篇报道、最早与最近的日期(只计有确切日期的期);每次列100个,可按类型、首字筛选。
--   · Which organizations are there? With their type, how often and in how many articles they are named, and the first
--   and the last date (of editions with an exact one); a hundred at a time, also by type and first character.
-- group: organizations
-- order: 0
-- parameters:
--   type:
--     meaning: 机构类型 · type of organization
--     type: text
--     default: 全部 · all
--     choices: {values: organizations.type}
--   first:
--     meaning: 名称的首字,或更正前照印的首字 · first character of the name, or of what was printed before a correction
--     type: text
--     default: 全部 · all
--     choices:
--       sql: >-
--         select first, first || ' ' || count(*) from (
--           select id, substr(name, 1, 1) as first from organizations
--           union select organizations.id, substr(printed, 1, 1) from names_as_printed join organizations on organizations.id = organization_id
--         ) group by 1 order by count(*) desc, 1 limit 500
--   sort:
--     meaning: 按何排列:次数、篇数、拼音、最早或最近的日期 · sorted by counts, by pinyin (name), by the first or the latest date
--     type: text
--     default: 提及次数 · mentions
--     choices: [mentions, articles, name, first_date, last_date]
--   start:
--     meaning: 从第几个之后列起 · after how many of them to begin
--     type: integer
--     default: 0
with dates as materialized (
  select organization_id, min(date) as first_date, max(date) as last_date
  from mentions join pages on pages.id = mentions.page_id join editions on editions.id = edition_id
  where kind = 'organization' and :sort in ('first_date', 'last_date')
  group by organization_id
),
shown as materialized (
  select id, row_number() over (
    order by
      case :sort when 'name' then in_pinyin(name, 'organization') when 'first_date' then coalesce(first_date, '9999') end,
      case :sort when 'last_date' then last_date end desc nulls last,
      iif(:sort = 'articles', articles, mentions) desc, id
  ) as place
  from organizations left join dates on organization_id = organizations.id
  where (
    substr(name, 1, 1) = coalesce(nullif(:first, ''), substr(name, 1, 1))
    or id in (select organization_id from names_as_printed where substr(printed, 1, 1) = :first)
  ) and type is coalesce(nullif(:type, ''), type)
  order by place limit 100 offset cast(coalesce(nullif(:start, ''), '0') as integer)
),
dated as materialized (
  select organization_id, min(date) as first_date, max(date) as last_date
  from (select distinct organization_id, page_id from shown join mentions on organization_id = shown.id)
  join pages on pages.id = page_id join editions on editions.id = edition_id
  group by organization_id
)
select
  name, type, mentions, articles, first_date, last_date, name_basis, address, organizations.id as organization_id
from shown join organizations on organizations.id = shown.id
left join dated on dated.organization_id = shown.id
order by place
