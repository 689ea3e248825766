-- title: 一篇报道的关键词 · Words that mark an article
-- description: >-
--   哪些词最能标识一篇报道(TF-IDF)?
--   · Which words mark an article best (TF-IDF)?
-- group: articles
-- order: 3
-- parameters:
--   article:
--     meaning: 报道的key · an article, by its key
--     type: text
--     default: 全部 · all
--     choices:
--       sql: select key, headline from articles order by id
select articles.headline, keywords.position as rank, keywords.word, keywords.count, keywords.weight,
  articles.address, keywords.article_id
from keywords join articles on articles.id = keywords.article_id
where coalesce(nullif(:article, ''), articles.key) = articles.key
order by keywords.article_id, keywords.position
