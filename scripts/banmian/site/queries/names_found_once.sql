-- title: 待核名称 · Names to check
-- description: >-
--   哪些名称最没有把握?最可疑的在前。
--   · Which names are least certain? The most doubtful first.
-- group: quality
-- order: 4
select
  context.kind, context.name, round(context.confidence, 3) as confidence, context.rule, context.before, context.surface,
  context.after, context.headline, context.address, context.person_id, context.organization_id, context.article_id,
  context.mention_id
from mentions cross join mentions_in_context as context on context.mention_id = mentions.id
where mentions.confidence < 0.8
order by mentions.confidence, mentions.id
