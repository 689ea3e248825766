-- title: 几篇共有的语句 · Phrases that articles share
-- description: >-
--   同一期的几篇报道一字不差共有哪些语句(至少7字)?
--   · Which phrases of at least 7 characters do several articles of an edition share word for word?
-- group: articles
-- order: 4
select
  phrase, length(phrase) as characters, count(distinct article_id) as articles, count(*) as places,
  min(article_id) as article_id, articles.headline as first_headline
from shared_phrases join articles on articles.id = shared_phrases.article_id
group by phrase
order by articles desc, characters desc, phrase
