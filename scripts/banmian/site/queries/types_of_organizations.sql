-- title: 机构类型 · Types of organizations
-- description: >-
--   各类机构有几个,被提到几次?图见 /-/pictures/organizations。
--   · How many organizations of each type are named, and how often? /-/pictures/organizations draws it.
-- group: organizations
-- order: 2
-- parameters:
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
  select organization_id, count(*) as mentions
  from within cross join mentions using (article_id)
  where organization_id is not null and coalesce(:edition, '') || coalesce(:since, '') || coalesce(:until, '') || coalesce(:reprints, '') <> ''
  group by organization_id
  union all
  select id, mentions from organizations
  where mentions > 0 and coalesce(:edition, '') || coalesce(:since, '') || coalesce(:until, '') || coalesce(:reprints, '') = ''
)
select type, count(*) as organizations, sum(counted.mentions) as mentions
from counted join organizations on organizations.id = organization_id
group by type
order by mentions desc, type
