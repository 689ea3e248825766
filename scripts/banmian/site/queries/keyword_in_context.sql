-- title: 逐处上下文 · Keyword in context
-- description: >-
--   这串字在标题(引题、主题、副题)和正文中每一处前后各是什么?
--   · Every place in headlines, kickers, subheadlines and bodies where these characters stand, with what comes before and
--   after.
-- group: search
-- order: 3
-- parameters:
--   q:
--     meaning: 要找的字,区分空格与标点 · the characters, with spaces and punctuation as typed
--     type: text
--     default: 权重最高的关键词 · the weightiest keyword
with recursive input as (
  select coalesce(nullif(:q, ''), (select word from keywords order by weight desc, word limit 1)) as q
), fields (field) as (
  values ('kicker'), ('headline'), ('subheadline'), ('body')
), texts as (
  select id as article_id, field, case field
    when 'kicker' then kicker when 'headline' then headline when 'subheadline' then subheadline else body
  end as text
  from articles, fields
), places (article_id, field, text, place) as (
  select article_id, field, text, instr(text, q) from texts, input where instr(text, q) > 0
  union all
  select article_id, field, text, place + instr(substr(text, place + 1), q)
  from places, input where instr(substr(text, place + 1), q) > 0
)
select
  replace(substr(text, max(1, place - 24), min(24, place - 1)), char(10), ' ¶ ') as before,
  q as keyword,
  replace(substr(text, place + length(q), 24), char(10), ' ¶ ') as after,
  headline, field, place - 1 as start, address, article_id
from places join articles on articles.id = places.article_id, input
order by article_id, field = 'body', field = 'subheadline', field = 'headline', place
