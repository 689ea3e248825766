-- title: 待核名称 · Names to check
-- description: >-
--   哪些名称全库只出现一次,不带职务,认出它的规则又少有印证(不到一半)?最可疑的在前。
--   · Which names were found once only, without an office, by a rule of whose names less than half are found elsewhere
--   too? The most doubtful first.
-- group: quality
-- order: 4
select kind, name, rule, round(confirmed, 2) as rule_confirmed, before, surface, after, headline,
  person_id, organization_id, article_id, mention_id
from names_to_check
where role is null and confirmed < 0.5
order by confirmed, mention_id
