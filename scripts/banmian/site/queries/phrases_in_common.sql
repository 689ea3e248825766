-- title: 几篇共有的语句 · Phrases that articles share
-- description: >-
--   同一期的几篇报道一字不差共有哪些语句(至少7字)?
--   · Which phrases of at least 7 characters do several articles of an edition share word for word?
-- group: articles
-- order: 4
select phrase, phrases.characters, articles, places, address, article_id, headline as first_headline
from phrases join articles on phrases.article_id = articles.id
order by articles desc, phrases.characters desc, phrase
