-- title: 每个字的去向 · Where every character went
-- description: >-
--   源文件的字各归哪一类,占多少?
--   · To which kind do the characters of the source files belong, and how many are they?
-- group: source
-- order: 3
select
  kind, count(*) as spans, sum("end" - start) as characters,
  round(100.0 * sum("end" - start) / (select sum(characters) from pages), 2) as percent,
  sum(case when article_id is null then "end" - start else 0 end) as characters_outside_articles
from source_spans
group by kind
order by characters desc
