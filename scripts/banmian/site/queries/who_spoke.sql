-- title: 谁发言 · Who spoke
-- description: >-
--   哪些人在报道中发言,如何引出?
--   · Who is reported to have spoken, and how is it introduced?
-- group: people
-- order: 3
select name, role, doubt, headline, before, surface, after, address, person_id, article_id
from mentions_in_context
where part = 'speaker'
order by mention_id
