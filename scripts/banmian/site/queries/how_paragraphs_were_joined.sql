-- title: 段落如何拼合 · How each paragraph was put together
-- description: >-
--   一篇报道的每一段由源文件哪几处拼成,凭什么?
--   · Which places of the source file make up each paragraph, and what speaks for the joins?
-- group: source
-- order: 1
-- parameters:
--   article:
--     meaning: 报道的key · an article, by its key
--     type: text
--     default: 拼合最多的一篇 · the one with most joins
--     choices:
--       sql: select key, headline from articles order by id
with input as (
  select coalesce(
    nullif(:article, ''),
    (
      select articles.key from readings join articles on articles.id = article_id
      where readings.kind = 'join' group by article_id order by count(*) desc, article_id limit 1
    ),
    (select key from articles order by id limit 1)
  ) as article
)
select
  paragraphs.position as paragraph, source_spans.position as fragment, source_spans.line,
  source_spans.start, source_spans."end", source_spans.text,
  in_words(joins.evidence) as joined_to_the_one_before_by,
  or_else(joins.kind, runner_up_kind, runner_up_line, runner_up_text) as runner_up, joins.confidence,
  case joins.certain when 1 then '有把握 · certain' when 0 then '没有把握 · uncertain' end as published_as,
  joins.score, joins.margin,
  articles.key as article, articles.address, paragraphs.id as paragraph_id, articles.id as article_id
from articles
join paragraph_places as paragraphs on paragraphs.article_id = articles.id
join source_spans on source_spans.paragraph_id = paragraphs.id
left join readings as joins
  on joins.paragraph_id = paragraphs.id and joins.kind = 'join' and joins.other_start = source_spans.start
where articles.key = (select article from input)
order by paragraphs.position, source_spans.position
