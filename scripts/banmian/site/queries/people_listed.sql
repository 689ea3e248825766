-- title: 人物名录 · People
-- description: >-
--   有哪些人物?拼音(汉语姓名的,按最常见的读音)、最近印出的职务、被提到几次(其中几次是署名;按其余排列)、见于几篇报道、最早与最近的日期(只计有确切日期的期);每次列100人,可按首字筛选。
--   · Which people are there? With pinyin (of Chinese names, as the characters are mostly read), the office that was printed
--   last, how often they are named (in how many of these they sign; the others decide the order), in how many articles, and
--   the first and the last date (of editions with an exact one); a hundred at a time, also by first character.
-- group: people
-- order: 0
-- parameters:
--   first:
--     meaning: 名称的首字,或更正前照印的首字 · first character of the name, or of what was printed before a correction
--     type: text
--     default: 全部 · all
--     choices:
--       sql: >-
--         select first, first || ' ' || count(*) from (
--           select id, substr(name, 1, 1) as first from people
--           union select people.id, substr(printed, 1, 1) from names_as_printed join people on people.id = person_id
--         ) group by 1 order by count(*) desc, 1 limit 500
--   sort:
--     meaning: 按何排列:次数、篇数、拼音、最早或最近的日期 · sorted by counts, by pinyin (person), by the first or the latest date
--     type: text
--     default: 提及次数 · mentions
--     choices: [mentions, articles, person, first_date, last_date]
--   start:
--     meaning: 从第几人之后列起 · after how many of them to begin
--     type: integer
--     default: 0
with dates as materialized (
  select person_id, min(date) as first_date, max(date) as last_date
  from mentions join pages on pages.id = mentions.page_id join editions on editions.id = edition_id
  where kind = 'person' and :sort in ('first_date', 'last_date')
  group by person_id
),
shown as materialized (
  select id, row_number() over (
    order by
      case :sort when 'person' then in_pinyin(name, 'person') when 'first_date' then coalesce(first_date, '9999') end,
      case :sort when 'last_date' then last_date end desc nulls last,
      iif(:sort = 'articles', articles, mentions - signed) desc, id
  ) as place
  from people left join dates on person_id = people.id
  where (
    substr(name, 1, 1) = coalesce(nullif(:first, ''), substr(name, 1, 1))
    or id in (select person_id from names_as_printed where substr(printed, 1, 1) = :first)
  )
  order by place limit 100 offset cast(coalesce(nullif(:start, ''), '0') as integer)
),
dated as materialized (
  select person_id, min(date) as first_date, max(date) as last_date
  from (select distinct person_id, page_id from shown join mentions on person_id = shown.id)
  join pages on pages.id = page_id join editions on editions.id = edition_id
  group by person_id
),
last_office as materialized (
  select person_id, max(positions.id) as position_id from shown join positions on person_id = shown.id group by person_id
)
select
  people.name as person,
  iif(exists (select 1 from aliases where person_id = people.id and instr(aliases.name, '·')), null, romanized(people.name)) as pinyin,
  organizations.name as organization, positions.title, people.mentions, people.signed, people.articles,
  first_date, last_date, (select doubt from positions_with_names where position_id = positions.id) as doubt,
  people.address, organizations.name_basis as organization_name_basis, people.id as person_id, organizations.id as organization_id
from shown join people on people.id = shown.id
left join dated on dated.person_id = shown.id
left join last_office on last_office.person_id = shown.id
left join positions on positions.id = position_id
left join organizations on organizations.id = positions.organization_id
order by place
