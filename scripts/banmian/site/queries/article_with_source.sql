-- title: 报道与源文行 · An article with its source lines
-- description: >-
--   一篇报道的每一部分印在源文件第几行?按源文件的次序。
--   · On which line of the source file is each part of an article printed? In the order of the file.
-- group: source
-- order: 2
-- parameters:
--   article:
--     meaning: 报道的key · an article, by its key
--     type: text
--     default: 最先的一篇 · the first
--     choices:
--       sql: select key, headline from articles order by id
select
  source_spans.line, source_spans.kind, paragraphs.position as paragraph,
  source_spans.position as fragment, source_spans.text, source_spans.start, source_spans."end",
  pages.source_file, articles.key as article, articles.address, source_spans.article_id
from articles
join source_spans on source_spans.article_id = articles.id
join pages on pages.id = source_spans.page_id
left join paragraph_places as paragraphs on paragraphs.id = source_spans.paragraph_id
where articles.key = coalesce(nullif(:article, ''), (select key from articles order by id limit 1))
  and source_spans.kind <> 'blank'
order by source_spans.start
