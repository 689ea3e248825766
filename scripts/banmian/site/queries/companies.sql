-- title: 企业见于哪篇 · Companies and the articles that name them
-- description: >-
--   报道点了哪些企业的名,上下文是什么,名称有何存疑?
--   · Which companies are named, where and in which context, and what is doubtful about their names?
-- group: organizations
-- order: 2
select name, doubt, headline, before, surface, after, organization_name_basis as name_basis, address,
  organization_id, article_id
from mentions_in_context
where organization_type = 'company'
order by mention_id
