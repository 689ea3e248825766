-- title: 谁是谁 · Who is who
-- description: >-
--   哪些同名者可能不是一人,哪些机构的区县几地同名,哪些名称可能是一个人、一个机构?待定的在前,牵涉提及最多的居首;没有这类疑问时,列出只出现一次、最没有把握的名称。entry填好as后放入editions.yml的identities之下即成裁定。
--   · Which people of one name may be two, which bodies belong to a district whose name several bear, and which names may
--   mean one person or body? Open questions first, those that
--   change most mentions before the others; where there is none, the least certain of the names
--   found once. entry, once its as is filled in, goes under identities in editions.yml.
-- group: quality
-- order: 3
select * from (
  select
    case kind
      when 'split' then '一名疑为两人 · one name for perhaps two'
      when 'place' then '同名区县所属不明 · a body of a district whose name several bear'
      else '两名疑为一个 · two names for perhaps one'
    end as question,
    entity, status, name, other_name, in_words(evidence) as evidence, changes, entry, edition_id,
    coalesce(
      (select address from people where people.id = person_id),
      (select address from organizations where organizations.id = organization_id)
    ) as address,
    coalesce(person_id, organization_id) as entity_id, mention_id, other_mention_id
  from identity_candidates order by status desc, id
)
union all
select * from (
  select
    '名称本身没有把握 · not certain to be a name', kind, 'open', name, null,
    in_words(json_array(json_object(
      'kind', 'found_once', 'confidence', cast(round(100 * confidence) as integer) || '%', 'before', before, 'surface', surface, 'after', after
    ))),
    null, null, null, address, coalesce(person_id, organization_id), mention_id, null
  from names_to_check where not exists (select 1 from identity_candidates)
  order by confidence, mention_id limit 20
)
