-- title: 待核名称 · Names to check
-- description: >-
--   哪些名称最没有把握?最可疑的在前。
--   · Which names are least certain? The most doubtful first.
-- group: quality
-- order: 4
select kind, name, round(confidence, 3) as confidence, rule, before, surface, after, headline, address,
  person_id, organization_id, article_id, mention_id
from mentions_in_context
where confidence < 0.8
order by confidence, mention_id
