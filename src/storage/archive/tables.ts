import type { Paper } from '../../papers/paper.ts';

/** Raised with each change of the tables; the papers of an archive of another version are migrated. */
export const ARCHIVE_VERSION = 6;

/** Built of the texts of `buildIndexText`, with the number of a paper as the row's. */
export const WORDS_TABLE = `
  CREATE VIRTUAL TABLE words USING fts5 (
    title, abstract, summary, keyword, author, org, submitter,
    content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 2"
  );
  CREATE VIRTUAL TABLE vocabulary USING fts5vocab (words, row);
`;

/** Finds the best papers of a list day. */
export const DAYS_INDEX = 'CREATE INDEX papers_by_day ON papers (list_day DESC, upvotes DESC, id);';

/** When each list day was collected last, and from how many votes its papers rise since then. */
export const DAYS_TABLE =
  'CREATE TABLE collected_days (day TEXT PRIMARY KEY, ended_at INTEGER NOT NULL, rising_from INTEGER);';

/**
 * `words` answers the query language; by `stems` a search gathers what it ranks. `spellings` is what a word can be
 * corrected to, with its stem, `labels` are the authors and keywords that autocomplete offers, with how many papers
 * have them. `names` is what papers are called, see `NameKeys`; `acronyms` is what acronyms stand for, in how many.
 * `top_tenths` is with how many votes the top tenth of a list day began at each age, from which it is told what is usual.
 */
export const ARCHIVE_TABLES = `
  CREATE TABLE papers (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    list_day TEXT,
    first_seen_at INTEGER NOT NULL,
    published_on TEXT NOT NULL,
    upvotes INTEGER NOT NULL,
    comments INTEGER NOT NULL,
    stars INTEGER,
    has_code INTEGER NOT NULL,
    data TEXT NOT NULL,
    links TEXT,
    links_asked_at INTEGER
  );
  ${DAYS_INDEX}
  ${WORDS_TABLE}
  CREATE VIRTUAL TABLE stems USING fts5 (
    title, abstract, summary, keyword, author, org, submitter,
    content = '', contentless_delete = 1, tokenize = "porter unicode61 remove_diacritics 2"
  );
  CREATE TABLE spellings (
    length INTEGER NOT NULL,
    kind TEXT NOT NULL,
    word TEXT NOT NULL,
    letters INTEGER NOT NULL,
    head TEXT NOT NULL,
    tail TEXT NOT NULL,
    stem TEXT NOT NULL,
    PRIMARY KEY (length, kind, word)
  ) WITHOUT ROWID;
  CREATE INDEX spellings_by_head ON spellings (head, length, kind, word, letters);
  CREATE INDEX spellings_by_tail ON spellings (tail, length, kind, word, letters);
  CREATE INDEX spellings_by_stem ON spellings (stem, word);
  CREATE TABLE labels (
    number INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    folded TEXT NOT NULL,
    text TEXT NOT NULL,
    papers INTEGER NOT NULL,
    UNIQUE (folded, kind)
  );
  CREATE VIRTUAL TABLE label_words USING fts5 (
    label, content = '', tokenize = "unicode61 remove_diacritics 2"
  );
  CREATE TABLE names (
    kind TEXT NOT NULL, key TEXT NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (kind, key, number)
  ) WITHOUT ROWID;
  CREATE TABLE acronyms (
    acronym TEXT NOT NULL, meaning TEXT NOT NULL, papers INTEGER NOT NULL, PRIMARY KEY (acronym, meaning)
  ) WITHOUT ROWID;
  ${DAYS_TABLE}
  CREATE TABLE top_tenths (
    age INTEGER NOT NULL, day TEXT NOT NULL, votes INTEGER NOT NULL, PRIMARY KEY (age, day)
  ) WITHOUT ROWID;
  CREATE TABLE collections (only_row INTEGER PRIMARY KEY CHECK (only_row = 1), ended_at INTEGER NOT NULL);
  PRAGMA user_version = ${ARCHIVE_VERSION};
`;

/**
 * Stands between the entries of a list, so that no phrase reaches from one author into the next. A private-use
 * character is a token to SQLite's tokenizer, and no query holds one.
 * https://www.sqlite.org/fts5.html#unicode61_tokenizer
 */
const SEPARATOR = ' \uE000 ';

/** The texts of a paper in the order of the index's columns. */
export function buildIndexText(paper: Paper): readonly string[] {
  const { organization, submitter } = paper;
  return [
    paper.title,
    paper.abstract,
    paper.summary ?? '',
    paper.keywords.join(SEPARATOR),
    paper.authors.join(SEPARATOR),
    organization === undefined ? '' : [organization.slug, organization.name].join(SEPARATOR),
    submitter === undefined ? '' : [submitter.slug, submitter.name].join(SEPARATOR),
  ];
}
