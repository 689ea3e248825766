-- title: 谁被提到最多 · Who is mentioned most
-- description: >-
--   哪些人物、机构被提到最多,见于几篇?
--   · Which people and organizations are named most, and in how many articles?
-- group: people
-- order: 1
-- parameters:
--   kind:
--     meaning: 人物还是机构 · people or organizations
--     type: text
--     default: 全部 · both
--     choices: {values: mentions.kind}
select
  kind, name, count(*) as mentions, count(distinct article_id) as articles,
  sum(field <> 'body') as in_headings, organization_type, organization_name_basis as name_basis,
  max(doubt) as doubt, person_id, organization_id
from mentions_in_context
where coalesce(nullif(:kind, ''), kind) = kind
group by kind, person_id, organization_id
order by mentions desc, kind, name
