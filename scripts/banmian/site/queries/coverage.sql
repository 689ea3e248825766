-- title: 每个字的去向 · Where every character went
-- description: >-
--   源文件的字各归哪一类,占多少?
--   · To which kind do the characters of the source files belong, and how many are they?
-- group: source
-- order: 3
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
with within (edition_id) as materialized (
  select id from editions
  where id = coalesce(nullif(:edition, ''), id)
    and (coalesce(:since, '') = '' or date >= :since)
    and (coalesce(:until, '') = '' or substr(date, 1, length(:until)) <= :until)
)
select
  kind, sum(spans) as spans, sum(characters) as characters,
  round(100.0 * sum(characters) / sum(sum(characters)) over (), 2) as percent,
  sum(iif(in_article, 0, characters)) as characters_outside_articles
from span_counts join within using (edition_id)
group by kind
order by characters desc
