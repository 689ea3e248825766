-- title: 逐处上下文 · Keyword in context
-- description: >-
--   这串字在正文中每一处前后各是什么?
--   · Every place in the bodies where these characters stand, with what comes before and after.
-- group: search
-- order: 3
-- parameters:
--   q:
--     meaning: 要找的字,区分空格与标点 · the characters, with spaces and punctuation as typed
--     type: text
--     default: 权重最高的关键词 · the weightiest keyword
with recursive input as (
  select coalesce(nullif(:q, ''), (select word from keywords order by weight desc, word limit 1)) as q
), places (article_id, place) as (
  select id, instr(body, q) from articles, input where instr(body, q) > 0
  union all
  select article_id, place + instr(substr(body, place + 1), q)
  from places join articles on articles.id = places.article_id, input
  where instr(substr(body, place + 1), q) > 0
)
select
  replace(substr(body, max(1, place - 24), min(24, place - 1)), char(10), ' ¶ ') as before,
  q as keyword,
  replace(substr(body, place + length(q), 24), char(10), ' ¶ ') as after,
  headline, place - 1 as start, address, article_id
from places join articles on articles.id = places.article_id, input
order by article_id, place
