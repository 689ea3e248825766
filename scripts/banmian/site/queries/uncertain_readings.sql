-- title: 没有把握之处 · What is least certain
-- description: >-
--   哪些拼合、接续、标题没有把握,断口两边是什么,次优的读法是什么?最可疑的在前;entry填好as后放入editions.yml的order之下即成裁定。全都有把握时,列出最没有把握的几处。
--   · Which joins, moves and headings are uncertain, what stands at the cut, and how else could it be read? Most doubtful
--   first; entry, once its as is filled in, goes under order in editions.yml. Where all are certain, the least certain
--   ones.
-- group: quality
-- order: 2
-- parameters:
--   page:
--     meaning: 版的id · a page, by its id
--     type: text
--     default: 全部 · all
--     choices:
--       sql: select id from pages order by id
--   limit:
--     meaning: 最多列几处 · how many places at most
--     type: integer
--     default: 100
with input as (
  select nullif(:page, '') as page, cast(coalesce(nullif(:limit, ''), '100') as integer) as places
), doubtful as (
  select * from readings
  where certain = 0 and coalesce((select page from input), page_id) = page_id
  order by confidence, margin is null, margin, score limit (select places from input)
), shown as (
  select * from doubtful
  union all
  select * from readings
  where not exists (select 1 from doubtful) and coalesce((select page from input), page_id) = page_id
)
select
  iif(certain, '有把握 · certain', '没有把握 · uncertain') as published_as, kind, before, after,
  round(confidence, 3) as confidence, round(margin, 2) as margin, round(score, 2) as score,
  in_words(evidence) as evidence, or_else(kind, runner_up_kind, runner_up_line, runner_up_text) as runner_up,
  line, other_line, articles.headline, articles.key as article, articles.address, entry, article_id, shown.page_id
from shown join articles on articles.id = article_id
order by shown.confidence, shown.margin is null, shown.margin, shown.score
limit (select places from input)
