-- title: 简称与全称 · Short names and full names
-- description: >-
--   版面上的简称,和更正之前照印的名称,各指谁?全称是印出的还是补全的?
--   · Whom do the short names of the page mean, and names printed before a correction? Is the full name printed or completed by rule?
-- group: organizations
-- order: 3
with corrected as materialized (
  -- Printed so, and published as an editor corrected it.
  select printed, person_id, organization_id, count(*) as times from names_as_printed group by 1, 2, 3
)
select
  aliases.name as printed_as, coalesce(people.name, organizations.name) as full_name, aliases.kind,
  case organizations.name_basis when 'expanded' then '推定 · inferred' when 'printed' then '印出 · printed' end
    as full_name_is,
  (
    select count(*) from mentions
    where surface = aliases.name
      and (person_id = aliases.person_id or organization_id = aliases.organization_id)
  ) + coalesce(corrected.times, 0) as times,
  organizations.name_basis as full_name_basis, coalesce(people.address, organizations.address) as address,
  aliases.person_id, aliases.organization_id
from aliases
left join people on people.id = aliases.person_id
left join organizations on organizations.id = aliases.organization_id
left join corrected on corrected.printed = aliases.name
  and corrected.person_id is aliases.person_id and corrected.organization_id is aliases.organization_id
order by 5 desc, aliases.id
