-- title: 缺哪些版、哪些期 · Missing pages and issues
-- description: >-
--   哪些期缺版,哪些期整期没有,为什么?按报纸、缺的原因、日期排列;整期没有的,pages为空。什么都没有说缺时,列出各期。
--   · Which editions lack pages, which issues are not there at all, and why? By newspaper, by the kind of reason and by day;
--   of a whole issue pages is empty. Where nothing is said to be missing, all editions are listed.
-- group: source
-- order: 5
-- parameters:
--   kind:
--     meaning: 怎么缺的 · how it is missing
--     type: text
--     default: 全部 · all
--     choices: {values: missing.kind}
--   newspaper:
--     meaning: 报名 · a newspaper
--     type: text
--     default: 全部 · all
--     choices:
--       sql: select newspaper from editions where newspaper is not null group by newspaper order by count(*) desc, newspaper
select
  missing.newspaper, kind, missing.date, missing.variant, sum(missing.pages) as pages,
  group_concat(missing.page, ', ') as which, group_concat(distinct reason) as reasons,
  editions.pages_expected, editions.address, missing.edition_id
from missing left join editions on editions.id = missing.edition_id
where kind = coalesce(nullif(:kind, ''), kind)
  and coalesce(missing.newspaper, '') = coalesce(nullif(:newspaper, ''), missing.newspaper, '')
group by missing.newspaper, kind, missing.date, missing.variant, coalesce(missing.edition_id, missing.id)
union all
select newspaper, '没有说缺 · none stated', date, variant, null, null, null, pages_expected, address, id
from editions
where not exists (select 1 from missing)
  and coalesce(newspaper, '') = coalesce(nullif(:newspaper, ''), newspaper, '')
order by 1, 2, 3, 4, 10
