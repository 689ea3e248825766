-- title: 说了什么 · What was said
-- description: >-
--   某人在报道中说了什么?照报道转述。
--   · What is a person reported to have said?
-- group: people
-- order: 5
-- parameters:
--   person:
--     meaning: 姓名 · a name
--     type: text
--     default: 言论最长的人 · the one with most text
--     choices:
--       sql: >-
--         select people.name from statements join people on people.id = person_id
--         group by people.name order by sum("end" - start) desc, min(people.id)
with input as (
  select coalesce(nullif(:person, ''), (
    select people.name from statements join people on people.id = statements.person_id
    group by people.id order by sum("end" - start) desc, people.id limit 1
  )) as person
)
select people.name as person, statements.text, articles.headline, articles.address, statements.person_id, statements.article_id
from statements
join people on people.id = statements.person_id
join articles on articles.id = statements.article_id
where people.name = (select person from input)
order by statements.id
