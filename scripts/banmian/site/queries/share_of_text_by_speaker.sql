-- title: 各人言论占多少篇幅 · Share of the text by speaker
-- description: >-
--   每篇报道的正文有多少是转述某人的话?
--   · How much of each article's body reports what a person said?
-- group: people
-- order: 6
select
  articles.headline, people.name as person, count(*) as statements,
  sum(statements."end" - statements.start) as characters,
  round(100.0 * sum(statements."end" - statements.start) / length(articles.body), 1) as percent_of_body,
  articles.address, statements.article_id, statements.person_id
from statements
join articles on articles.id = statements.article_id
join people on people.id = statements.person_id
group by statements.article_id, statements.person_id
order by characters desc, statements.article_id
