-- Views for people who read the database without joins. What they mean stands in tables.yml and fields.yml.

CREATE VIEW mentions_in_context AS
SELECT
    placed.id AS mention_id,
    placed.kind,
    coalesce(people.name, organizations.name) AS name,
    placed.surface,
    placed.role,
    placed.part,
    organizations.type AS organization_type,
    organizations.name_basis AS organization_name_basis,
    (
        SELECT group_concat(
            doubts.printed || iif(doubts.suspected IS NULL, '?', '? → ' || doubts.suspected) || ' · ' || doubts.reason,
            char(10)
        )
        FROM mention_doubts JOIN doubts
            ON doubts.page_id = mention_doubts.page_id AND doubts.start = mention_doubts.doubt_start
        WHERE mention_doubts.mention_id = placed.id AND doubts.status <> 'refuted'
    ) AS doubt,
    placed.headline,
    placed.field,
    substr(placed.text, max(1, placed.start - 19), min(20, placed.start)) AS before,
    substr(placed.text, placed."end" + 1, 20) AS after,
    placed.article_id,
    placed.person_id,
    placed.organization_id,
    placed.page_id,
    placed.source_start,
    placed.source_end,
    placed.rule
FROM (
    SELECT
        mentions.*,
        articles.headline,
        CASE mentions.field :field_text ELSE articles.body END AS text
    FROM mentions JOIN articles ON articles.id = mentions.article_id
) AS placed
LEFT JOIN people ON people.id = placed.person_id
LEFT JOIN organizations ON organizations.id = placed.organization_id;

CREATE VIEW positions_with_names AS
SELECT
    positions.id AS position_id,
    people.name AS person,
    positions.title,
    organizations.name AS organization,
    organizations.name_basis AS organization_name_basis,
    positions.basis,
    mentions.role AS role_as_printed,
    (
        SELECT group_concat(
            doubts.printed || iif(doubts.suspected IS NULL, '?', '? → ' || doubts.suspected) || ' · ' || doubts.reason,
            char(10)
        )
        FROM mention_doubts JOIN doubts
            ON doubts.page_id = mention_doubts.page_id AND doubts.start = mention_doubts.doubt_start
        WHERE mention_doubts.mention_id = positions.mention_id AND doubts.status <> 'refuted'
    ) AS doubt,
    articles.headline,
    editions.id AS edition_id,
    editions.date,
    editions.date_earliest,
    editions.date_latest,
    editions.date_basis,
    positions.person_id,
    positions.organization_id,
    positions.article_id,
    positions.mention_id,
    positions.position
FROM positions
JOIN people ON people.id = positions.person_id
JOIN mentions ON mentions.id = positions.mention_id
JOIN articles ON articles.id = positions.article_id
JOIN pages ON pages.id = articles.page_id
JOIN editions ON editions.id = pages.edition_id
LEFT JOIN organizations ON organizations.id = positions.organization_id;

-- Names found once in the whole database. `confirmed`: of all mentions that the same rule found, the share whose name
-- is found elsewhere too.
CREATE VIEW names_to_check AS
WITH counted AS (
    SELECT kind, coalesce(person_id, organization_id) AS entity_id, count(*) AS mentions
    FROM mentions GROUP BY kind, entity_id
),
rules AS (
    SELECT mentions.kind, mentions.rule, avg(counted.mentions > 1) AS confirmed
    FROM mentions
    JOIN counted ON counted.kind = mentions.kind
        AND counted.entity_id = coalesce(mentions.person_id, mentions.organization_id)
    GROUP BY mentions.kind, mentions.rule
)
SELECT
    mention_id,
    mentions_in_context.kind,
    name,
    surface,
    role,
    doubt,
    mentions_in_context.rule,
    rules.confirmed,
    before,
    after,
    headline,
    article_id,
    person_id,
    organization_id
FROM mentions_in_context
JOIN counted ON counted.kind = mentions_in_context.kind
    AND counted.entity_id = coalesce(person_id, organization_id) AND counted.mentions = 1
JOIN rules ON rules.kind = mentions_in_context.kind AND rules.rule = mentions_in_context.rule;

-- All that the page stage decided about the order of lines and the kinds of headings. `before` and `after` are what
-- stands at the cut; of a heading they are the heading and the beginning of the body that it was given to.
CREATE VIEW readings AS
SELECT
    articles.key AS article,
    articles.headline,
    found.kind,
    upper.line,
    lower.line AS other_line,
    iif(lower.start IS NULL, substr(upper.text, 1, 20), substr(upper.text, -20)) AS before,
    iif(lower.start IS NULL, nullif(substr(articles.body, 1, 20), ''), substr(lower.text, 1, 20)) AS after,
    found.confidence,
    found.certain,
    found.margin,
    found.score,
    found.evidence,
    found.runner_up,
    found.entry,
    found.page_id,
    found.article_id,
    found.start,
    found.other_start
FROM (
    SELECT
        'join' AS kind, page_id, (SELECT article_id FROM paragraphs WHERE id = paragraph_id) AS article_id,
        left_end AS start, right_start AS other_start, left_end - 1 AS place,
        score, margin, confidence, certain, evidence, runner_up, entry
    FROM joins
    UNION ALL
    SELECT
        'paragraph', page_id, article_id, left_end, right_start, left_end - 1,
        score, margin, confidence, certain, evidence, runner_up, entry
    FROM moves
    UNION ALL
    SELECT
        kind, page_id, article_id, start, NULL, start,
        score, margin, confidence, certain, evidence, runner_up, entry
    FROM headings
) AS found
JOIN articles ON articles.id = found.article_id
JOIN source_spans AS upper ON upper.page_id = found.page_id AND upper.start = (
    SELECT max(start) FROM source_spans WHERE page_id = found.page_id AND start <= found.place
)
LEFT JOIN source_spans AS lower ON lower.page_id = found.page_id AND lower.start = found.other_start;

-- Unsorted, so that a query can leave rows out before it looks up their text.
CREATE VIEW uncertain AS
SELECT * FROM readings WHERE certain = 0;
