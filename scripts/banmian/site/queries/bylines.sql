-- title: 谁采写 · Who wrote
-- description: >-
--   每篇报道由谁采写?
--   · Who reported or wrote each article?
-- group: articles
-- order: 2
select articles.headline, articles.rubric, articles.byline, people.name, mentions.role, mentions.part,
  articles.address, mentions.person_id, mentions.article_id
from mentions
join articles on articles.id = mentions.article_id
join people on people.id = mentions.person_id
where mentions.part in ('reporter', 'author')
order by mentions.id
