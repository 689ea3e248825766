-- Views for people who read the database without joins. What they mean stands in tables.yml and fields.yml.

CREATE VIEW paragraphs AS
SELECT
    paragraph_places.id,
    paragraph_places.article_id,
    paragraph_places.position,
    paragraph_places.kind,
    substr(articles.body, paragraph_places.start + 1, paragraph_places."end" - paragraph_places.start) AS text,
    paragraph_places.start,
    paragraph_places."end"
FROM paragraph_places JOIN articles ON articles.id = paragraph_places.article_id;

-- By subqueries, so that who does not ask for the text does not look up its article.
CREATE VIEW statements AS
SELECT
    id,
    (SELECT name FROM people WHERE people.id = person_id) AS person,
    (
        SELECT substr(articles.body, statement_places.start + 1, statement_places."end" - statement_places.start)
        FROM articles WHERE articles.id = article_id
    ) AS text,
    (SELECT headline FROM articles WHERE articles.id = article_id) AS headline,
    article_id,
    person_id,
    mention_id,
    start,
    "end"
FROM statement_places;

CREATE VIEW source_spans AS
SELECT
    pages.id AS page_id,
    span_places.start,
    span_places."end",
    span_places.line,
    span_places.kind,
    span_places.article_id,
    span_places.paragraph_id,
    span_places.position,
    coalesce(
        span_places.text,
        substr(articles.body, span_places.body_start + 1, span_places."end" - span_places.start)
    ) AS text
FROM span_places
JOIN pages ON pages.ordinal = span_places.page
LEFT JOIN articles ON articles.id = span_places.article_id;

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
    placed.rule,
    placed.confidence,
    (
        SELECT replace(pages.address, '/pages/', '/mentions/') || '/' || placed.source_start || '-' || placed.source_end
        FROM pages WHERE pages.id = placed.page_id
    ) AS address
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
    positions.position,
    replace(pages.address, '/pages/', '/mentions/') || '/' || mentions.source_start || '-' || mentions.source_end
        AS address
FROM positions
JOIN people ON people.id = positions.person_id
JOIN mentions ON mentions.id = positions.mention_id
JOIN articles ON articles.id = positions.article_id
JOIN pages ON pages.id = articles.page_id
JOIN editions ON editions.id = pages.edition_id
LEFT JOIN organizations ON organizations.id = positions.organization_id;

-- Mentions that an editor's correction changed, as they were printed: fragment after fragment, where a column cut them.
CREATE VIEW names_as_printed AS
SELECT * FROM (
    SELECT
        mentions.id AS mention_id,
        mentions.kind,
        coalesce(people.name, organizations.name) AS name,
        mentions.surface,
        (
            SELECT group_concat(part, '') FROM (
                SELECT substr(
                    coalesce(spans.text, substr(articles.body, spans.body_start + 1, spans."end" - spans.start)),
                    iif(spans.start = first.start, mentions.source_start - spans.start, 0) + 1,
                    iif(spans.start = last.start, mentions.source_end, spans."end")
                    - iif(spans.start = first.start, mentions.source_start, spans.start)
                ) AS part
                FROM span_places AS spans
                WHERE spans.article_id = mentions.article_id AND spans.kind = first.kind
                    AND spans.paragraph_id IS first.paragraph_id
                    AND spans.position BETWEEN first.position AND last.position
                ORDER BY spans.position
            )
        ) AS printed,
        replace(pages.address, '/pages/', '/mentions/') || '/' || mentions.source_start || '-' || mentions.source_end
            AS address,
        mentions.page_id,
        mentions.article_id,
        mentions.person_id,
        mentions.organization_id
    FROM mentions
    JOIN pages ON pages.id = mentions.page_id
    JOIN articles ON articles.id = mentions.article_id
    JOIN span_places AS first ON first.page = pages.ordinal AND first.start = (
        SELECT max(start) FROM span_places WHERE page = pages.ordinal AND start <= mentions.source_start
    )
    JOIN span_places AS last ON last.page = pages.ordinal AND last.start = (
        SELECT max(start) FROM span_places WHERE page = pages.ordinal AND start < mentions.source_end
    )
    LEFT JOIN people ON people.id = mentions.person_id
    LEFT JOIN organizations ON organizations.id = mentions.organization_id
    -- Few articles have corrections.
    WHERE mentions.article_id IN (SELECT article_id FROM corrections) AND EXISTS (
        SELECT 1 FROM corrections
        WHERE corrections.article_id = mentions.article_id AND iif(
            mentions.source_start < mentions.source_end,
            corrections.start >= mentions.source_start AND corrections."end" <= mentions.source_end,
            corrections.start >= mentions.source_start OR corrections."end" <= mentions.source_end
        )
    )
)
WHERE printed <> surface;

-- Names found once in the whole database, with the confidence of that mention; `confirmed` is that of the rule.
CREATE VIEW names_to_check AS
SELECT
    mention_id,
    mentions_in_context.kind,
    mentions_in_context.name,
    surface,
    role,
    doubt,
    mentions_in_context.rule,
    mentions_in_context.confidence,
    rules.confirmed,
    before,
    after,
    headline,
    mentions_in_context.address,
    article_id,
    person_id,
    organization_id
FROM mentions_in_context
JOIN rules ON rules.kind = mentions_in_context.kind AND rules.rule = mentions_in_context.rule
LEFT JOIN people ON people.id = person_id
LEFT JOIN organizations ON organizations.id = organization_id
WHERE coalesce(people.mentions, organizations.mentions) = 1;

CREATE VIEW phrases AS
SELECT
    phrase_counts.id,
    substr(articles.body, phrase_counts.start + 1, phrase_counts.characters) AS phrase,
    phrase_counts.characters,
    phrase_counts.articles,
    phrase_counts.places,
    phrase_counts.article_id
FROM phrase_counts JOIN articles ON articles.id = phrase_counts.article_id;

CREATE VIEW shared_phrases AS
SELECT
    substr(articles.body, phrase_places.start + 1, phrase_counts.characters) AS phrase,
    phrase_places.article_id,
    phrase_places.start,
    phrase_places.start + phrase_counts.characters AS "end",
    phrase_places.phrase_id
FROM phrase_places
JOIN phrase_counts ON phrase_counts.id = phrase_id
JOIN articles ON articles.id = phrase_places.article_id;
