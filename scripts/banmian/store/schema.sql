-- Tables of edition.db. Offsets count Unicode code points from 0, end exclusive; lines and positions count from 1.
-- Absent text is NULL, never ''. What they mean stands in tables.yml and fields.yml. What begins with a colon stands
-- for a list of kinds (schema.py).

CREATE TABLE editions (
    id TEXT PRIMARY KEY,
    newspaper TEXT CHECK (newspaper <> ''),
    newspaper_basis TEXT,
    date TEXT,
    date_earliest TEXT,
    date_latest TEXT,
    date_basis TEXT,
    city TEXT,
    city_basis TEXT,
    language TEXT,
    rights TEXT,
    note TEXT,
    issn TEXT CHECK (issn <> ''),
    cn TEXT CHECK (cn <> ''),
    issue TEXT CHECK (issue <> ''),
    variant TEXT CHECK (variant <> ''),
    holder TEXT CHECK (holder <> ''),
    pages_expected INTEGER CHECK (pages_expected > 0),
    shown TEXT NOT NULL CHECK (shown IN (:shown)),
    address TEXT NOT NULL
) STRICT;
CREATE INDEX editions_date ON editions (date);

CREATE TABLE missing (
    id INTEGER PRIMARY KEY,
    edition_id TEXT REFERENCES editions (id),
    newspaper TEXT,
    date TEXT,
    variant TEXT,
    page TEXT CHECK (page <> ''),
    pages INTEGER CHECK (pages > 0),
    kind TEXT NOT NULL CHECK (kind IN ('not printed', 'not held', 'unreadable', 'unexplained')),
    reason TEXT,
    CHECK ((edition_id IS NULL) = (pages IS NULL)),
    CHECK ((kind = 'unexplained') = (reason IS NULL))
) STRICT;
CREATE INDEX missing_edition ON missing (edition_id);
CREATE INDEX missing_date ON missing (date);

CREATE TABLE pages (
    id TEXT PRIMARY KEY,
    edition_id TEXT NOT NULL REFERENCES editions (id),
    ordinal INTEGER NOT NULL UNIQUE,
    position INTEGER NOT NULL,
    number TEXT,
    number_basis TEXT,
    name TEXT,
    name_basis TEXT,
    source_file TEXT NOT NULL,
    source_sha256 TEXT NOT NULL,
    characters INTEGER NOT NULL,
    lines INTEGER NOT NULL,
    source_form TEXT NOT NULL CHECK (source_form IN (:source_forms)),
    source_part INTEGER CHECK (source_part > 0),
    text_sha256 TEXT,
    address TEXT NOT NULL,
    UNIQUE (edition_id, position),
    CHECK ((text_sha256 IS NULL) = (source_form IN ('text', 'articles')))
) STRICT;
CREATE INDEX pages_source_file ON pages (source_file);

CREATE TABLE source_lines (
    page_id TEXT NOT NULL REFERENCES pages (id),
    line INTEGER NOT NULL,
    element TEXT NOT NULL,
    block TEXT,
    label TEXT,
    "left" REAL,
    top REAL,
    width REAL,
    height REAL,
    confidence REAL,
    PRIMARY KEY (page_id, line)
) STRICT;

CREATE TABLE articles (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    page_id TEXT NOT NULL REFERENCES pages (id),
    position INTEGER NOT NULL,
    :heading_columns,
    body TEXT NOT NULL,
    genre TEXT,
    characters INTEGER NOT NULL,
    url TEXT CHECK (url <> ''),
    address TEXT NOT NULL,
    UNIQUE (page_id, position)
) STRICT;

-- The text is stored once: the view `paragraphs` takes that of a paragraph out of articles.body.
CREATE TABLE paragraph_places (
    id INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES articles (id),
    position INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('paragraph', :crossheads)),
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    UNIQUE (article_id, position),
    CHECK ("end" > start)
) STRICT;

-- The view `source_spans` takes the text of a span out of articles.body, at body_start, wherever it stands there as it
-- was printed; elsewhere `text` holds it. There are many of them: pages stand here by number, and the key is the table.
CREATE TABLE span_places (
    page INTEGER NOT NULL REFERENCES pages (ordinal),
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    line INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN (:span_kinds)),
    article_id INTEGER REFERENCES articles (id),
    paragraph_id INTEGER REFERENCES paragraph_places (id),
    position INTEGER,
    body_start INTEGER,
    text TEXT,
    PRIMARY KEY (page, start),
    CHECK ("end" > start AND (text IS NULL OR "end" - start = length(text))),
    CHECK ((text IS NULL) = (body_start IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX span_places_article ON span_places (article_id, start) WHERE article_id IS NOT NULL;
CREATE INDEX span_places_paragraph ON span_places (paragraph_id, position) WHERE paragraph_id IS NOT NULL;

-- What the page stage decided about the order of lines (join, paragraph) and about headings. Of a heading `before` and
-- `after` are the heading and the beginning of the body that it was given to.
CREATE TABLE readings (
    page_id TEXT NOT NULL REFERENCES pages (id),
    article_id INTEGER NOT NULL REFERENCES articles (id),
    paragraph_id INTEGER REFERENCES paragraph_places (id),
    kind TEXT NOT NULL CHECK (kind IN ('join', 'paragraph', 'begins', 'end', :stated_kinds)),
    line INTEGER NOT NULL,
    other_line INTEGER,
    before TEXT NOT NULL,
    after TEXT,
    confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
    certain INTEGER NOT NULL CHECK (certain IN (0, 1)),
    margin REAL,
    score REAL NOT NULL,
    evidence TEXT NOT NULL CHECK (json_valid(evidence)),
    runner_up_kind TEXT CHECK (runner_up_kind IN ('join', 'paragraph', 'end', :stated_kinds)),
    runner_up_line INTEGER,
    runner_up_text TEXT,
    entry TEXT,
    start INTEGER NOT NULL,
    other_start INTEGER,
    PRIMARY KEY (page_id, kind, start),
    CHECK ((kind IN ('join', 'paragraph')) = (other_start IS NOT NULL))
) STRICT;
CREATE INDEX readings_article ON readings (article_id);
CREATE INDEX readings_paragraph ON readings (paragraph_id);
CREATE INDEX readings_uncertain ON readings (confidence) WHERE certain = 0;

CREATE TABLE rulings (
    page_id TEXT NOT NULL REFERENCES pages (id),
    kind TEXT NOT NULL CHECK (kind IN (:rulings)),
    line_start INTEGER NOT NULL,
    other_start INTEGER,
    lines TEXT CHECK (lines IS NULL OR json_valid(lines)),
    reason TEXT NOT NULL,
    applied INTEGER NOT NULL CHECK (applied IN (0, 1))
) STRICT;
CREATE INDEX rulings_page ON rulings (page_id);

CREATE TABLE corrections (
    page_id TEXT NOT NULL REFERENCES pages (id),
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    article_id INTEGER REFERENCES articles (id),
    printed TEXT NOT NULL,
    corrected TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (page_id, start)
) STRICT;
CREATE INDEX corrections_article ON corrections (article_id);

CREATE TABLE doubts (
    page_id TEXT NOT NULL REFERENCES pages (id),
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    article_id INTEGER REFERENCES articles (id),
    printed TEXT NOT NULL,
    suspected TEXT,
    reason TEXT NOT NULL,
    status TEXT NOT NULL,
    PRIMARY KEY (page_id, start)
) STRICT;
CREATE INDEX doubts_article ON doubts (article_id);

-- What the build counts: it would take longer than a visitor waits.
CREATE TABLE people (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL CHECK (name <> ''),
    mentions INTEGER NOT NULL,
    articles INTEGER NOT NULL,
    in_headings INTEGER NOT NULL,
    signed INTEGER NOT NULL DEFAULT 0,
    public_role TEXT CHECK (public_role IN ('office', 'byline', 'renown', 'editor')),
    address TEXT NOT NULL
) STRICT;
CREATE INDEX people_mentions ON people (mentions);
-- Agencies name their editors under each story: those who are told of come first.
CREATE INDEX people_told_of ON people (mentions - signed DESC, id);

CREATE TABLE organizations (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL CHECK (name <> ''),
    type TEXT NOT NULL,
    name_basis TEXT NOT NULL CHECK (name_basis IN ('printed', 'expanded')),
    mentions INTEGER NOT NULL,
    articles INTEGER NOT NULL,
    in_headings INTEGER NOT NULL,
    address TEXT NOT NULL
) STRICT;
CREATE INDEX organizations_type ON organizations (type);
CREATE INDEX organizations_mentions ON organizations (mentions);

CREATE TABLE aliases (
    id INTEGER PRIMARY KEY,
    person_id INTEGER REFERENCES people (id),
    organization_id INTEGER REFERENCES organizations (id),
    name TEXT NOT NULL CHECK (name <> ''),
    kind TEXT NOT NULL CHECK (kind IN ('person', 'organization')),
    CHECK ((person_id IS NULL) <> (organization_id IS NULL))
) STRICT;
CREATE INDEX aliases_person ON aliases (person_id);
CREATE INDEX aliases_organization ON aliases (organization_id);
CREATE INDEX aliases_name ON aliases (name);

CREATE TABLE mentions (
    id INTEGER PRIMARY KEY,
    page_id TEXT NOT NULL REFERENCES pages (id),
    article_id INTEGER NOT NULL REFERENCES articles (id),
    kind TEXT NOT NULL CHECK (kind IN ('person', 'organization')),
    person_id INTEGER REFERENCES people (id),
    organization_id INTEGER REFERENCES organizations (id),
    field TEXT NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    surface TEXT NOT NULL,
    source_start INTEGER NOT NULL,
    source_end INTEGER NOT NULL,
    role TEXT CHECK (role <> ''),
    part TEXT,
    rule TEXT NOT NULL,
    confidence REAL CHECK (confidence BETWEEN 0 AND 1),
    UNIQUE (article_id, field, start),
    CHECK ((person_id IS NULL) <> (organization_id IS NULL)),
    CHECK ((kind = 'person') = (person_id IS NOT NULL)),
    CHECK ("end" - start = length(surface))
) STRICT;
CREATE INDEX mentions_person ON mentions (person_id) WHERE person_id IS NOT NULL;
CREATE INDEX mentions_organization ON mentions (organization_id) WHERE organization_id IS NOT NULL;
CREATE INDEX mentions_article ON mentions (article_id, person_id, organization_id);
CREATE INDEX mentions_page ON mentions (page_id);
CREATE INDEX mentions_part ON mentions (part) WHERE part IS NOT NULL;
CREATE INDEX mentions_uncertain ON mentions (confidence) WHERE confidence < 0.8;

CREATE TABLE mention_doubts (
    mention_id INTEGER NOT NULL REFERENCES mentions (id),
    page_id TEXT NOT NULL REFERENCES pages (id),
    doubt_start INTEGER NOT NULL,
    touches TEXT NOT NULL CHECK (touches IN ('name', 'role')),
    PRIMARY KEY (mention_id, doubt_start),
    FOREIGN KEY (page_id, doubt_start) REFERENCES doubts (page_id, start)
) STRICT;
CREATE INDEX mention_doubts_doubt ON mention_doubts (page_id, doubt_start);

CREATE TABLE positions (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES people (id),
    organization_id INTEGER REFERENCES organizations (id),
    title TEXT NOT NULL CHECK (title <> ''),
    basis TEXT CHECK (basis IN ('printed', 'office')),
    article_id INTEGER NOT NULL REFERENCES articles (id),
    mention_id INTEGER NOT NULL REFERENCES mentions (id),
    position INTEGER NOT NULL,
    UNIQUE (mention_id, position)
) STRICT;
CREATE INDEX positions_person ON positions (person_id, title, organization_id, article_id);
CREATE INDEX positions_organization ON positions (organization_id, person_id, title, article_id);
CREATE INDEX positions_article ON positions (article_id);

-- The view `statements` takes what was said out of articles.body.
CREATE TABLE statement_places (
    id INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES articles (id),
    person_id INTEGER NOT NULL REFERENCES people (id),
    mention_id INTEGER NOT NULL REFERENCES mentions (id),
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    CHECK ("end" > start)
) STRICT;
CREATE INDEX statement_places_article ON statement_places (article_id);
CREATE INDEX statement_places_person ON statement_places (person_id);
CREATE INDEX statement_places_mention ON statement_places (mention_id);

CREATE TABLE identity_answers (
    edition_id TEXT NOT NULL REFERENCES editions (id),
    line INTEGER NOT NULL,
    entity TEXT NOT NULL CHECK (entity IN ('person', 'organization')),
    names TEXT NOT NULL,
    decided TEXT NOT NULL CHECK (decided IN ('same', 'different', 'none')),
    texts TEXT,
    key TEXT,
    reason TEXT NOT NULL,
    applied INTEGER NOT NULL CHECK (applied IN (0, 1)),
    missing TEXT
) STRICT;
CREATE INDEX identity_answers_edition ON identity_answers (edition_id);

CREATE TABLE identity_candidates (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('merge', 'place', 'split')),
    entity TEXT NOT NULL CHECK (entity IN ('person', 'organization')),
    name TEXT NOT NULL,
    other_name TEXT,
    person_id INTEGER REFERENCES people (id),
    other_person_id INTEGER REFERENCES people (id),
    organization_id INTEGER REFERENCES organizations (id),
    other_organization_id INTEGER REFERENCES organizations (id),
    mention_id INTEGER REFERENCES mentions (id),
    other_mention_id INTEGER REFERENCES mentions (id),
    edition_id TEXT NOT NULL REFERENCES editions (id),
    evidence TEXT NOT NULL CHECK (json_valid(evidence)),
    status TEXT NOT NULL CHECK (status IN ('open', 'answered')),
    entry TEXT NOT NULL,
    changes INTEGER NOT NULL CHECK (changes > 0),
    CHECK ((kind = 'merge') = (other_name IS NOT NULL)),
    CHECK ((entity = 'person') = (person_id IS NOT NULL)),
    CHECK ((entity = 'organization') = (organization_id IS NOT NULL))
) STRICT;
CREATE INDEX identity_candidates_person ON identity_candidates (person_id);
CREATE INDEX identity_candidates_other_person ON identity_candidates (other_person_id);
CREATE INDEX identity_candidates_organization ON identity_candidates (organization_id);
CREATE INDEX identity_candidates_other_organization ON identity_candidates (other_organization_id);
CREATE INDEX identity_candidates_edition ON identity_candidates (edition_id);

-- SQLite 3.40's integrity_check needs the key of a table without rowid to stand first in it.
CREATE TABLE keywords (
    article_id INTEGER NOT NULL REFERENCES articles (id),
    position INTEGER NOT NULL,
    word TEXT NOT NULL,
    count INTEGER NOT NULL,
    weight REAL NOT NULL,
    PRIMARY KEY (article_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX keywords_word ON keywords (word);

-- The view `phrases` takes the text of a phrase out of the body of the first article that has it.
CREATE TABLE phrase_counts (
    id INTEGER PRIMARY KEY,
    characters INTEGER NOT NULL CHECK (characters > 0),
    articles INTEGER NOT NULL,
    places INTEGER NOT NULL,
    article_id INTEGER NOT NULL REFERENCES articles (id),
    start INTEGER NOT NULL
) STRICT;
CREATE INDEX phrase_counts_articles ON phrase_counts (articles, characters);
CREATE INDEX phrase_counts_article ON phrase_counts (article_id);

CREATE TABLE phrase_places (
    phrase_id INTEGER NOT NULL REFERENCES phrase_counts (id),
    article_id INTEGER NOT NULL REFERENCES articles (id),
    start INTEGER NOT NULL,
    PRIMARY KEY (phrase_id, article_id, start)
) STRICT, WITHOUT ROWID;
CREATE INDEX phrase_places_article ON phrase_places (article_id);

-- Articles that several editions print, the first printing among them.
CREATE TABLE reprints (
    article_id INTEGER PRIMARY KEY REFERENCES articles (id),
    first_article_id INTEGER NOT NULL REFERENCES articles (id),
    similarity REAL NOT NULL CHECK (similarity BETWEEN 0 AND 1)
) STRICT;
CREATE INDEX reprints_first ON reprints (first_article_id);

-- Whom and what each article names, once each: what a search is narrowed by is counted over thousands of articles.
CREATE TABLE article_names (
    article_id INTEGER PRIMARY KEY REFERENCES articles (id),
    names TEXT NOT NULL CHECK (json_valid(names))
) STRICT;

CREATE TABLE rules (
    kind TEXT NOT NULL CHECK (kind IN ('person', 'organization')),
    rule TEXT NOT NULL,
    mentions INTEGER NOT NULL,
    confirmed REAL NOT NULL,
    PRIMARY KEY (kind, rule)
) STRICT;

CREATE TABLE span_counts (
    edition_id TEXT NOT NULL REFERENCES editions (id),
    kind TEXT NOT NULL CHECK (kind IN (:span_kinds)),
    in_article INTEGER NOT NULL CHECK (in_article IN (0, 1)),
    spans INTEGER NOT NULL,
    characters INTEGER NOT NULL,
    PRIMARY KEY (edition_id, kind, in_article)
) STRICT;

CREATE TABLE warnings (
    id INTEGER PRIMARY KEY,
    page_id TEXT NOT NULL REFERENCES pages (id),
    kind TEXT NOT NULL,
    line INTEGER,
    details TEXT NOT NULL CHECK (json_valid(details))
) STRICT;
CREATE INDEX warnings_page ON warnings (page_id);

-- Keys that were given and that nothing bears any more: of one that was split a row for each that it went into.
CREATE TABLE former_keys (
    kind TEXT NOT NULL CHECK (kind IN ('edition', 'page', 'article', 'organization', 'person')),
    key TEXT NOT NULL,
    happened TEXT NOT NULL CHECK (happened IN ('merged', 'split', 'withdrawn', 'unfound', 'unread')),
    successor TEXT,
    since_seeds TEXT,
    CHECK ((successor IS NULL) = (happened IN ('withdrawn', 'unfound', 'unread')))
) STRICT;
CREATE UNIQUE INDEX former_keys_key ON former_keys (kind, key, successor);

CREATE TABLE build_info (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;
