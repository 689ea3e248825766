-- title: 各版每个字的去向 · Where every character of each page went
-- description: >-
--   各版的字各归哪一类,占多少?最近的60版。图见 /-/pictures/coverage。
--   · To which kind do the characters of each page belong, and how many are they? The latest 60 pages. /-/pictures/coverage draws
--   it.
-- group: source
-- order: 4
-- parameters:
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
with shown as materialized (
  select pages.*, date, date_earliest, date_latest, newspaper, newspaper_basis,
    row_number() over (order by coalesce(date, date_latest, date_earliest) desc, editions.id, pages.position) as place
  from editions join pages on pages.edition_id = editions.id
  where editions.id = coalesce(nullif(:edition, ''), editions.id)
    and (coalesce(:since, '') = '' or date >= :since)
    and (coalesce(:until, '') = '' or substr(date, 1, length(:until)) <= :until)
  order by place limit 60
), counted as materialized (
  select page, kind, count(*) as spans, sum("end" - start) as characters
  from span_places where page in (select ordinal from shown)
  group by page, kind
)
select
  date, date_earliest, date_latest, newspaper, newspaper_basis, shown.number as page, kind, spans, counted.characters,
  round(100.0 * counted.characters / shown.characters, 2) as percent, source_file, address, shown.id as page_id,
  shown.edition_id
from shown join counted on counted.page = shown.ordinal
order by place, counted.characters desc
