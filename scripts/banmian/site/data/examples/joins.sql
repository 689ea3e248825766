-- 某人在哪些报道中被提到,以何职务 · The articles that name a person, with the office that is printed
select people.name, mentions.role, articles.headline, articles.address
from mentions
join people on people.id = mentions.person_id
join articles on articles.id = mentions.article_id
where people.name = (select name from people order by mentions desc, id limit 1)
order by articles.id, mentions.source_start

-- 谁在哪个机构任何职,据哪一期 · Who holds which office of which body, and which edition says so
select people.name, positions.title, organizations.name as organization, editions.id as edition_id,
  editions.date, editions.date_earliest, editions.date_latest
from positions
join people on people.id = positions.person_id
join articles on articles.id = positions.article_id
join pages on pages.id = articles.page_id
join editions on editions.id = pages.edition_id
left join organizations on organizations.id = positions.organization_id
order by positions.id

-- 每篇报道提到多少人物、机构 · How many people and organizations each article names
select articles.headline, count(distinct mentions.person_id) as people,
  count(distinct mentions.organization_id) as organizations, articles.address
from articles
left join mentions on mentions.article_id = articles.id
group by articles.id
order by people + organizations desc, articles.id
