-- title: 重印 · Reprints
-- description: >-
--   哪些报道几期都印了?首次为已知最早的一次;并排对照见/-/printings。
--   · Which articles do several editions print? The first printing is the earliest that is known; /-/printings shows two
--   beside each other.
-- group: articles
-- order: 4
-- parameters:
--   article:
--     meaning: 报道的键,任一次刊印 · the key of an article, any of its printings
--     type: text
--     default: 全部 · all
with dated as (
  select article_id, first_article_id, similarity, headline, articles.address, key, newspaper,
    coalesce(date, nullif(coalesce(date_earliest, '') || ' – ' || coalesce(date_latest, ''), ' – ')) as date
  from reprints join articles on articles.id = article_id join pages on pages.id = page_id
  join editions on editions.id = edition_id
  where coalesce(:article, '') = '' or first_article_id = (
    select first_article_id from reprints join articles on articles.id = article_id where key = :article
  )
)
select
  first.date as first_date, first.newspaper as first_newspaper, first.headline as first_headline,
  again.date, again.newspaper, again.headline, again.similarity, first.address as first_address, again.address,
  again.article_id, again.first_article_id
from dated as again join dated as first on first.article_id = again.first_article_id
where again.article_id <> again.first_article_id
order by first.date, again.first_article_id, again.date, again.article_id
