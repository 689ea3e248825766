-- title: 各栏如何归位 · How a page was put in order
-- description: >-
--   一版的每一行归入哪一篇、读在第几处,凭哪个拼合?按源文件的次序。
--   · Into which article did each line of a page go, at which place is it read, and by which join? In the order of the file.
-- group: source
-- order: 3
-- parameters:
--   page:
--     meaning: 版的id · a page, by its id
--     type: text
--     default: 最先的一版 · the first
--     choices:
--       sql: select id, source_file from pages order by id
select
  source_spans.line, source_spans.kind, articles.position as article_on_page, articles.headline,
  paragraphs.position as paragraph, source_spans.position as fragment, source_spans.text,
  joins.line as joined_to_line, joins.confidence,
  case joins.certain when 1 then '有把握 · certain' when 0 then '没有把握 · uncertain' end as published_as,
  in_words(joins.evidence) as joined_by,
  articles.key as article, articles.address, source_spans.start, source_spans."end", source_spans.article_id
from source_spans
left join articles on articles.id = source_spans.article_id
left join paragraph_places as paragraphs on paragraphs.id = source_spans.paragraph_id
left join readings as joins
  on joins.page_id = source_spans.page_id and joins.kind in ('join', 'paragraph')
  and joins.other_start = source_spans.start
where source_spans.page_id = coalesce(nullif(:page, ''), (select id from pages order by id limit 1))
  and source_spans.kind not in ('blank', 'markup')
order by source_spans.start
