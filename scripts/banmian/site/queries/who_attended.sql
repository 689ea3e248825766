-- title: 谁出席、谁参与 · Who attended or took part
-- description: >-
--   谁出席了报道的活动,谁在其中发言、主持或行动?每篇先列出席者(attendee),再列发言者(speaker)和行动者(subject),各照印出的次序;在场与否,以part和上下文为准。
--   · Who attended what is reported, and who spoke, chaired or acted in it? For each article first the attendees, then
--   the speakers and those who act (subject), in printed order; whether somebody was present, part and context say.
-- group: people
-- order: 4
with first as (
  select min(id) as mention_id from mentions where part in ('attendee', 'speaker', 'subject')
  group by article_id, person_id, part
)
select part, name, role, doubt, headline, before, surface, after, address, person_id, article_id
from first join mentions_in_context using (mention_id)
order by article_id, part <> 'attendee', part <> 'speaker', mention_id
