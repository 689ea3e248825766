-- title: 各类机构 · Organizations by type
-- description: >-
--   各类机构有哪些,各被提到几次,有何存疑?“全称依据”是全称印出还是推定。
--   · Which organizations of each type are named, how often, and what is doubtful? “Basis of the name” says how the full
--   name is known.
-- group: organizations
-- order: 1
-- parameters:
--   type:
--     meaning: 机构类型 · type of organization
--     type: text
--     default: 全部 · all
--     choices: {values: organizations.type}
--   edition:
--     meaning: 只看这一期 · of this edition only
--     type: text
--     default: 全部 · all
--     choices:
--       sql: select id from editions order by coalesce(date, date_latest, date_earliest) desc, id limit 500
--   since:
--     meaning: 从何时起,如1998或1998-03;没有确切日期的不算 · since when, as 1998 or 1998-03, without editions of no exact date
--     type: text
--     default: 全部 · all
--   until:
--     meaning: 到何时止(含);没有确切日期的不算 · until when, itself included, without editions of no exact date
--     type: text
--     default: 全部 · all
--   reprints:
--     meaning: 重印怎么计 · how reprints count
--     type: text
--     default: 每次都计 · each time
--     choices: [once]
with within (article_id) as materialized (
  select articles.id
  from editions join pages on pages.edition_id = editions.id join articles on articles.page_id = pages.id
  where editions.id = coalesce(nullif(:edition, ''), editions.id)
    and (coalesce(:since, '') = '' or date >= :since)
    and (coalesce(:until, '') = '' or substr(date, 1, length(:until)) <= :until)
    and (coalesce(:reprints, '') <> 'once' or articles.id not in (select article_id from reprints where article_id <> first_article_id))
),
counted as materialized (
  select id as organization_id, mentions, articles from organizations
  where coalesce(:edition, '') || coalesce(:since, '') || coalesce(:until, '') || coalesce(:reprints, '') = ''
  union all
  select organization_id, count(*), count(distinct article_id)
  from within cross join mentions using (article_id)
  where organization_id is not null and coalesce(:edition, '') || coalesce(:since, '') || coalesce(:until, '') || coalesce(:reprints, '') <> ''
  group by organization_id
),
doubted as materialized (
  select organization_id, max(doubt) as doubt from mention_doubts cross join mentions_in_context using (mention_id)
  where organization_id is not null group by organization_id
)
select
  type, name, name_basis, counted.mentions, counted.articles, doubted.doubt, address, id as organization_id
from counted cross join organizations on organizations.id = counted.organization_id
left join doubted on doubted.organization_id = id
where counted.mentions > 0 and coalesce(nullif(:type, ''), type) = type
order by type, counted.mentions desc, id
