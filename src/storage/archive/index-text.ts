import type { Paper } from '../../papers/paper.ts';

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
