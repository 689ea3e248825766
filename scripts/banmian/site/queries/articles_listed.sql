-- title: 报道名录 · Articles
-- description: >-
--   有哪些报道?印于何时、哪份报纸、哪一版,主题、栏目、署名、正文开头、字数、其中提到人物和机构几次;最近的在前,每次列100篇。要找文字,用上面的搜索。
--   · Which articles are there? When, in which newspaper and on which page they were printed, their headline, rubric, byline
--   and how they begin, how long they are and how often they name somebody; the latest first, a hundred at a time. To find
--   words, take the search above.
-- group: articles
-- order: 0
-- parameters:
--   newspaper:
--     meaning: 只看这份报纸 · of this newspaper only
--     type: text
--     default: 全部 · all
--     choices:
--       sql: select newspaper, newspaper || ' ' || count(*) from editions where newspaper is not null group by 1 order by count(*) desc, 1 limit 500
--   since:
--     meaning: 从何时起,如1998或1998-03;没有确切日期的不算 · since when, as 1998 or 1998-03, without editions of no exact date
--     type: text
--     default: 全部 · all
--   until:
--     meaning: 到何时止(含);没有确切日期的不算 · until when, itself included, without editions of no exact date
--     type: text
--     default: 全部 · all
--   sort:
--     meaning: 按何排列:日期、字数、提及次数 · sorted by date, length, or how often they name somebody
--     type: text
--     default: 日期,近者在前 · date, the latest first
--     choices: [date, earliest, characters, mentions]
--   start:
--     meaning: 从第几篇之后列起 · after how many of them to begin
--     type: integer
--     default: 0
with named as materialized (
  select article_id, count(*) as mentions from mentions where :sort = 'mentions' group by article_id
),
shown as materialized (
  select articles.id, editions.id as edition_id, pages.number, row_number() over (
    order by
      case :sort when 'mentions' then named.mentions when 'characters' then articles.characters end desc nulls last,
      case :sort when 'earliest' then coalesce(date, date_earliest, date_latest, '9999') end,
      coalesce(date, date_latest, date_earliest) desc nulls last, editions.id, pages.position, articles.position
  ) as place
  from editions join pages on pages.edition_id = editions.id join articles on articles.page_id = pages.id
  left join named on article_id = articles.id
  where newspaper is coalesce(nullif(:newspaper, ''), newspaper)
    and (coalesce(:since, '') = '' or date >= :since)
    and (coalesce(:until, '') = '' or substr(date, 1, length(:until)) <= :until)
  order by place limit 100 offset cast(coalesce(nullif(:start, ''), '0') as integer)
)
select
  headline,
  coalesce(date, nullif(coalesce(date_earliest, '') || ' – ' || coalesce(date_latest, ''), ' – ')) as date,
  newspaper || iif(newspaper_basis is null, '', '(推定)') as newspaper,
  shown.number as page, rubric, byline,
  substr(body, 1, 60) || iif(length(body) > 60, '…', '') as begins_with,
  characters, (select count(*) from mentions where article_id = articles.id) as mentions,
  articles.address, articles.id as article_id
from shown join articles on articles.id = shown.id join editions on editions.id = edition_id
order by place
