"""Names in articles: people, the organizations they act for or write about, and the offices that join the two.

`read_names` is the stage. Rules propose names, a tagger learned from marked texts decides which of them are, and adds
others; each mention tells how certain it is, and the rule that proposed it:

- organizations: `national`, `bound`, `department`, `prefixed`, `country` (the grammar of public bodies and its lists),
  `place_and_head`, `head` (a head word and what stands before it), `renown`, `list`, `place_in_list`, `place_in_row`,
  `ellipsis`, `short_form` (of a long name in the edition), `department_in_role`, `company_in_role`, `title` and
  `team` (by marks or the subject), `press` (by its place: before 讯 or 记者), `defined` (以下简称…), `company` (by what
  only companies have);
- people: `after_office`, `before_title`, `list_of_people`, `before_speech`, `before_verb`, `byline`, `bare_byline`,
  `renown`, `dotted`, `known_name` (recognised elsewhere in the edition), `surname_and_office` (刘书记 for the one 刘
  with that office), `surname` (or a given name, alone, of one whom the text names in full);
- either: `recognized`, which no rule proposed and the tagger (recognition/) found by itself; `second_opinion`, what a
  backend added that a user chose (none by default).

Types of organizations: party, government, legislature (also the CPPCC), judiciary, company, research (also museums and
libraries), media, military, committee, platform (parks, zones, incubators), health, education, association (societies,
clubs, troupes, international organizations), mass organization (trade unions, youth league, women's federations ...).
"""

from .identity.decisions import Obeyed, is_spelling, missing, obey
from .reading import read_names
from .second_opinion import Backend, OpinionError

__all__ = ["Backend", "Obeyed", "OpinionError", "is_spelling", "missing", "obey", "read_names"]
