-- title: 全文检索 · Ranked search
-- description: >-
--   哪些报道含有这些字?照原样的在前,按相关度排列(最近两千篇里有两百五十多篇都有的,只排这两千篇和标题里有的,其余列在后面,新的在前);其后是换一种写法(繁简、别名)的,再后是只含各词的,各带摘录。全角、半角标点互通;数字、拉丁字母整串匹配(15找不到1500)。searched列写明找的是什么。
--   · Which articles contain this? What was typed comes first, by relevance
--   (of what more than 250 of the latest 2,000 hold, these and those with it in the headline are ranked, the others
--   come behind them, the latest first), then other ways of writing it (simplified,
--   traditional, other names), then those with all the words apart from each other, with the places where it stands.
--   Full- and half-width punctuation find each other; runs of digits and Latin letters match as whole words (15 does not
--   find 1500). The column searched says what was looked for.
-- group: search
-- order: 1
-- parameters:
--   q:
--     meaning: >-
--       要找的字,空格为“且”,"引号"、-词、OR、英文前缀*可用
--       · what to find: words apart by spaces must all be there; "quotes", -word, OR and prefix* work
--     type: text
--     default: 最常见的关键词 · the commonest keyword
--   exact:
--     meaning: 填1则只按原样找 · 1 finds what was typed and nothing else
--     type: text
--     default: 也找别的写法 · other ways of writing too
--   field:
--     meaning: 只在哪一部分找 · the part of an article to look in
--     type: text
--     default: 全部 · all
--     choices: [headline, kicker, subheadline, rubric, dateline, byline, caption, body]
--   edition:
--     meaning: 哪一期 · the id of an edition
--     type: text
--     default: 全部 · all
--   from:
--     meaning: 从何时起(年、月或日) · from this year, month or day on
--     type: text
--     default: 不限 · any
--   to:
--     meaning: 到何时止(年、月或日) · up to this year, month or day
--     type: text
--     default: 不限 · any
--   person:
--     meaning: 提到哪个人物 · the key of a person who is named
--     type: text
--     default: 不限 · any
--   organization:
--     meaning: 提到哪个机构 · the key of an organization that is named
--     type: text
--     default: 不限 · any
--   limit:
--     meaning: 最多列几篇 · how many articles at most
--     type: integer
--     default: 100
with input as (
  select coalesce(nullif(:q, ''), (
    select word from keywords join (
      select word, rank() over (order by count(*) desc) as place from keywords group by word
    ) as counted using (word) where place = 1 group by word order by sum(weight) desc, word limit 1
  )) as q
), runs as (
  select value ->> 0 as typed, value ->> 1 as form from json_each(search_runs((select q from input)))
  where coalesce(:exact, '') = ''
), named as (
  select typed, person_id, organization_id from runs join aliases on aliases.name = form
  union select typed, people.id, null from runs join people on people.key = form
  union select typed, null, organizations.id from runs join organizations on organizations.key = form
), called as (
  select typed, name, mentions, 0 as later from named join people on people.id = person_id
  union all select typed, name, mentions, 0 from named join organizations on organizations.id = organization_id
  union all select typed, aliases.name, 0, aliases.id from named join aliases using (person_id)
  union all select typed, aliases.name, 0, aliases.id from named join aliases using (organization_id)
), terms as (
  select
    q, names,
    in_field(iif(names is null, escape_fts(q), escape_fts_width(q)), :field) as typed,
    in_field(iif(names is null, escape_fts(q), escape_fts_forms(q, names)), :field) as forms,
    in_field(iif(names is null, escape_fts(q), escape_fts_words(q, names)), :field) as words,
    -- Of what is ranked behind it all but what was typed, which none of it has: to look for that takes the longest.
    in_field(iif(names is null, '""', escape_fts_other_forms(q, names)), :field) as other_forms,
    in_field(iif(names is null, '""', escape_fts_other_words(q, names)), :field) as other_words
  from (
    select q, iif(coalesce(:exact, '') = '', (
      select json_group_array(json_array(typed, name)) from (
        select typed, name from called order by mentions desc, later limit 50
      )
    ), null) as names from input
  )
), chosen as (
  select articles.id
  from editions join pages on pages.edition_id = editions.id join articles on articles.page_id = pages.id
  where (coalesce(:edition, '') = '' or editions.id = :edition)
    and (coalesce(:from, '') = '' or coalesce(date, date_latest) >= :from)
    and (coalesce(:to, '') = '' or coalesce(date, date_earliest) <= :to || '-99')
    and (coalesce(:person, '') = '' or articles.id in (
      select article_id from mentions where person_id = (select id from people where key = :person)
    )) and (coalesce(:organization, '') = '' or articles.id in (
      select article_id from mentions where organization_id = (select id from organizations where key = :organization)
    ))
), choice as (
  select coalesce(:edition, '') || coalesce(:from, '') || coalesce(:to, '') || coalesce(:person, '') || coalesce(:organization, '') as made
), latest as (
  select max(id) - 2000 as after from articles
), often as (
  -- Of what stands in more than 250 of the latest 2,000 articles those of them are ranked, and all that have it in the
  -- headline; the others come behind these, the last first. To rank 14,000 takes ten times as long as to find them.
  select iif(count(*) > 250, (select typed from terms), '""') as typed from articles_fts
  where articles_fts match (select typed from terms) and rowid > (select after from latest)
    and ((select made = '' from choice) or rowid in (select id from chosen))
), often_apart as (
  select iif(count(*) > 250, (select other_words from terms), '""') as words from articles_fts
  where articles_fts match (select words from terms) and rowid > (select after from latest)
    and ((select made = '' from choice) or rowid in (select id from chosen))
), as_typed as (
  -- The index has no row for "", and is not read for it.
  select rowid as id, bm25(articles_fts, 1, 4) as relevance, 0 as tier
  from articles_fts
  where articles_fts match (select typed from terms)
    and ((select made = '' from choice) or rowid in (select id from chosen))
    and (
      (select typed = '""' from often) or rowid > (select after from latest)
      or rowid in (select rowid from articles_fts where articles_fts match (select in_field(typed, 'headline') from often))
    )
), behind as (
  select rowid as id, 1e12 - rowid as relevance, 0 as tier
  from articles_fts
  where articles_fts match (select typed from often)
    and ((select made = '' from choice) or rowid in (select id from chosen))
    and rowid <= (select after from latest)
    and rowid not in (
      select rowid from articles_fts where articles_fts match (select in_field(typed, 'headline') from often)
    )
), otherwise as (
  select
    rowid as id,
    iif(
      (select words = '""' from often_apart) or rowid > (select after from latest)
      or rowid in (
        select rowid from articles_fts where articles_fts match (select in_field(words, 'headline') from often_apart)
      ),
      bm25(articles_fts, 1, 4), 1e12 - rowid
    ) as relevance,
    case
      when (select words = forms from terms) then 1
      when (select forms = typed from terms) then 2
      when rowid in (select rowid from articles_fts where articles_fts match (select other_forms from terms)) then 1
      else 2
    end as tier
  from articles_fts
  where articles_fts match (select iif(words = typed, '""', other_words) from terms)
    and rowid not in (select rowid from articles_fts where articles_fts match (select typed from terms))
    and ((select made = '' from choice) or rowid in (select id from chosen))
), found as (
  select * from as_typed union all select * from behind union all select * from otherwise
), hits as (
  select *, row_number() over (order by tier, relevance, id) as place from found
), ordered as (
  -- Of the first page those come first that it stands closest in: in the headline, at the beginning, all of it.
  select hits.id, tier, iif(place > 20, place, place / 20.0 - closeness(q, names, headline, body)) as place
  from hits join terms left join articles on articles.id = hits.id and place <= 20
  order by 2, 3
  limit cast(coalesce(nullif(:limit, ''), '100') as integer)
)
select
  case tier when 0 then '照原样 · as typed' when 1 then '别的写法 · other forms' else '分词 · words apart' end as "match",
  articles.headline,
  excerpt(q, names, articles.kicker, articles.headline, articles.subheadline, articles.rubric, articles.dateline, articles.byline, articles.caption, articles.body) as snippet,
  articles.rubric,
  editions.newspaper || iif(editions.newspaper_basis is null, '', '(推定)') as newspaper,
  coalesce(date, nullif(coalesce(date_earliest, '') || ' – ' || coalesce(date_latest, ''), ' – ')) as date,
  q as searched, articles.key, articles.address, articles.id as article_id
from ordered join terms
join articles on articles.id = ordered.id
join pages on pages.id = articles.page_id
join editions on editions.id = pages.edition_id
order by tier, place
