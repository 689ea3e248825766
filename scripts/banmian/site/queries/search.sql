-- title: 全文检索 · Ranked search
-- description: >-
--   哪些报道含有这些字?整串命中在前,按相关度排列;其后是只含各词的,各带摘录。全角、半角标点互通;数字、拉丁字母整串匹配(15找不到1500)。searched列写明找的是什么。
--   · Which articles contain this? Exact hits first, by relevance, then those with all the words apart from each other,
--   with the places where it stands. Full- and half-width punctuation find each other; runs of digits and Latin letters match
--   as whole words (15 does not find 1500). The column searched says what was looked for.
-- group: search
-- order: 1
-- parameters:
--   q:
--     meaning: >-
--       要找的字,空格为“且”,"引号"、-词、OR、英文前缀*可用
--       · what to find: words apart by spaces must all be there; "quotes", -word, OR and prefix* work
--     type: text
--     default: 最常见的关键词 · the commonest keyword
--   limit:
--     meaning: 最多列几篇 · how many articles at most
--     type: integer
--     default: 100
with input as (
  select coalesce(nullif(:q, ''), (
    select word from keywords group by word order by count(*) desc, sum(weight) desc, word limit 1
  )) as q
), found as (
  select
    rowid as id, rank as relevance,
    rowid in (
      select rowid from articles_fts where articles_fts match escape_fts_width((select q from input))
    ) as exact
  from articles_fts
  where articles_fts match escape_fts_words((select q from input))
  order by exact desc, relevance, id
  limit cast(coalesce(nullif(:limit, ''), '100') as integer)
), hits as (
  select *, row_number() over (order by exact desc, relevance, id) as place from found
)
select
  case when hits.exact then '整串 · exact' else '分词 · words apart' end as "match",
  articles.headline,
  excerpt((select q from input), articles.kicker, articles.headline, articles.subheadline, articles.rubric, articles.dateline, articles.byline, articles.caption, articles.body) as snippet,
  articles.rubric,
  editions.newspaper || iif(editions.newspaper_basis is null, '', '(推定)') as newspaper,
  coalesce(editions.date, editions.date_earliest || ' – ' || editions.date_latest) as date,
  (select q from input) as searched, articles.key, articles.address, articles.id as article_id
from hits
join articles on articles.id = hits.id
join pages on pages.id = articles.page_id
join editions on editions.id = pages.edition_id
order by hits.place
