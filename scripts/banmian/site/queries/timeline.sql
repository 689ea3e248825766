-- title: 各期时间线 · Timeline of editions
-- description: >-
--   收了哪些期,何时出版,各有几版几篇?带basis的为推定。
--   · Which editions are there, of which day, with how many pages and articles? What has a basis is inferred.
-- group: articles
-- order: 1
select
  coalesce(date, date_earliest) as "from", coalesce(date, date_latest) as "to", date_basis,
  newspaper, newspaper_basis, city, count(distinct pages.id) as pages, count(articles.id) as articles,
  editions.address, editions.id as edition_id
from editions
left join pages on pages.edition_id = editions.id
left join articles on articles.page_id = pages.id
group by editions.id
order by coalesce(date, date_latest, date_earliest), editions.id
