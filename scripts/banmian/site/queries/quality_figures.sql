-- title: 质量数字 · Quality figures
-- description: >-
--   数据有多完整、多可靠?能从库中算出的都在这里:字的去向、没有把握的拼合、标题与名称、推定的全称、改正、存疑、提醒,以及构建信息。正确率须与人工标注比对,见README。
--   · How complete and how reliable are the data? What can be computed from them: where the characters went, uncertain
--   joins, headings and names, inferred full names, corrections, doubts, warnings, and what the database was built with.
--   How much is right can only be measured against pages marked by hand; the README has those figures.
-- group: quality
-- order: 1
select '源文件字数 · characters in the source files' as figure, sum(characters) as value, '字 · characters' as unit
  from pages
union all select '有着落的字 · characters in spans', sum(characters), '字 · characters'
  from span_counts
union all select '其中报道文字 · of these in the text of articles', round(100.0 * sum(iif(in_article, characters, 0)) / sum(characters), 2), '%'
  from span_counts
union all select '其中标记 · of these markup', round(100.0 * sum(iif(kind = 'markup', characters, 0)) / sum(characters), 2), '%'
  from span_counts
union all select '其中空白 · of these blank', round(100.0 * sum(iif(kind = 'blank', characters, 0)) / sum(characters), 2), '%'
  from span_counts
union all select '其中版面附件与转版 · of these furniture and jumps', round(100.0 * sum(iif(kind in ('furniture', 'jump'), characters, 0)) / sum(characters), 2), '%'
  from span_counts
union all select '报道 · articles', count(*), '篇 · articles'
  from articles
union all select '没有主题的报道 · articles without a headline', count(*), '篇 · articles'
  from articles where headline is null
union all select '自然段 · paragraphs', count(*), '段 · paragraphs'
  from paragraphs where kind = 'paragraph'
union all select '由几处拼成的段落 · paragraphs put together from several places', count(distinct paragraph_id), '段 · paragraphs'
  from readings where kind = 'join'
union all select '拼合 · joins', count(*), '处 · places'
  from readings where kind = 'join'
union all select '没有把握的拼合 · joins left uncertain', round(100.0 * avg(certain = 0), 2), '%'
  from readings where kind = 'join'
union all select '隔行接续的段落 · moves to the next paragraph elsewhere', count(*), '处 · places'
  from readings where kind = 'paragraph'
union all select '没有把握的接续 · moves left uncertain', round(100.0 * avg(certain = 0), 2), '%'
  from readings where kind = 'paragraph'
union all select '标题等各行 · headings', count(*), '行 · lines'
  from readings where other_start is null and kind not in ('begins', 'end', 'body')
union all select '没有把握的标题 · headings left uncertain', round(100.0 * avg(certain = 0), 2), '%'
  from readings where other_start is null and kind not in ('begins', 'end', 'body')
union all select '句中开头或结尾的报道、像标题的正文行 · texts broken off, lines of text like headings', count(*), '处 · places'
  from readings where kind in ('begins', 'end', 'body')
union all select '编者裁定 · rulings of an editor', count(*), '条 · rulings'
  from rulings
union all select '其中未能照办的 · of these that the page could not follow', count(*), '条 · rulings'
  from rulings where not applied
union all select '人物的提及 · mentions of people', sum(mentions), '次 · mentions'
  from people
union all select '其中带职务的 · of these with a role', round(100.0 * avg(role is not null), 2), '%'
  from mentions where kind = 'person'
union all select '机构的提及 · mentions of organizations', sum(mentions), '次 · mentions'
  from organizations
union all select '只出现一次的名称 · names found once', (select count(*) from people where mentions = 1) + (select count(*) from organizations where mentions = 1), '个 · names'
union all select '其中无职务、认出规则少有印证的 · of these without a role and by a weak rule', count(*), '个 · names'
  from names_to_check where role is null and confirmed < 0.5
union all select '机构 · organizations', count(*), '个 · organizations'
  from organizations
union all select '其中全称为推定的 · of these with an expanded (inferred) full name',
  round(100.0 * avg(name_basis = 'expanded'), 2), '%' from organizations
union all select '任职 · positions', count(*), '项 · positions'
  from positions
union all select '其中机构已知的 · of these with a known body', round(100.0 * avg(organization_id is not null), 2), '%'
  from positions
union all select '其中机构由职务推定的 · of these with a body that follows from the office (inferred)',
  round(100.0 * avg(basis is 'office'), 2), '%' from positions
union all select '改正 · corrections', count(*), '处 · places'
  from corrections
union all select '未决的存疑 · open doubts', count(*), '处 · places'
  from doubts where status = 'open'
union all select '涉及存疑的提及 · mentions that a doubt touches', count(distinct mention_id), '次 · mentions'
  from mention_doubts
union all select '拼版时的提醒 · warnings of the page stage', count(*), '条 · warnings'
  from warnings
union all select name, value, null from build_info
