-- title: 改正与存疑 · Corrections and doubts
-- description: >-
--   改了哪些识别错误,还有哪些可疑?
--   · Which errors were corrected, and which places are doubtful?
-- group: quality
-- order: 5
select notes.*, articles.address
from (
  select
    'correction' as kind, printed, corrected as proposed, reason, 'applied' as status, start, page_id, article_id
  from corrections
  union all
  select 'doubt', printed, suspected, reason, status, start, page_id, article_id from doubts
) as notes left join articles on articles.id = article_id
order by notes.page_id, start
