-- title: 何处提到 · Where somebody or some body is named
-- description: >-
--   一个人物或机构,以何种角色,在某期或某时何处被提到?/-/pictures 的图所数的就是这些行。
--   · Where is a person or an organization named, in which part, in which edition or time? The pictures of /-/pictures count
--   these rows.
-- group: people
-- order: 9
-- parameters:
--   person:
--     meaning: 人物的键 · the key of a person
--     type: text
--     default: 提到最多的人 · the person named most
--   organization:
--     meaning: 机构的键 · the key of an organization
--     type: text
--     default: 无 · none
--   part:
--     meaning: 角色 · part
--     type: text
--     default: 全部 · all
--     choices: {values: mentions.part}
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
with found (id) as materialized (
  select id from mentions
  where person_id = (
    select id from people where key = coalesce(nullif(:person, ''), (
      select key from people where coalesce(:organization, '') = '' order by mentions desc, id limit 1
    ))
  )
  union all
  select id from mentions where organization_id = (select id from organizations where key = :organization)
), shown as materialized (
  select mentions.id as mention, date, newspaper, row_number() over (order by date, editions.id, mentions.id) as place
  from found cross join mentions on mentions.id = found.id
  join pages on pages.id = mentions.page_id join editions on editions.id = edition_id
  where coalesce(nullif(:part, ''), coalesce(part, '')) = coalesce(part, '')
    and editions.id = coalesce(nullif(:edition, ''), editions.id)
    and (coalesce(:since, '') = '' or date >= :since)
    and (coalesce(:until, '') = '' or substr(date, 1, length(:until)) <= :until)
    and (coalesce(:reprints, '') <> 'once' or mentions.article_id not in (select article_id from reprints where article_id <> first_article_id))
)
select date, newspaper, name, role, part, doubt, headline, before, surface, after, address, mention_id, article_id
from shown cross join mentions_in_context on mention_id = mention
order by place
