import type { Query, Term } from './query.ts';

/** The canonical text of a query: equal queries have equal texts, and `parseQuery` reads it back. */
export function printQuery(query: Query): string {
  if (query.kind === 'every') return '';
  if (query.kind === 'or') return query.parts.map(printQuery).join(' OR ');
  if (query.kind === 'and') return query.parts.map(printPart).join(' ');
  if (query.kind === 'not') return `-${printGroup(query.part)}`;
  if (query.kind === 'number') return `${query.field}${query.comparison}${query.value}`;
  if (query.kind === 'code') return `code:${query.has ? 'yes' : 'no'}`;
  if (query.kind === 'since') return `since:${query.day}`;
  return printTerm(query);
}

function printPart(query: Query): string {
  return query.kind === 'or' ? printGroup(query) : printQuery(query);
}

function printGroup(query: Query): string {
  return query.kind === 'or' || query.kind === 'and' ? `(${printQuery(query)})` : printQuery(query);
}

function printTerm(term: Term): string {
  const field = term.field === undefined ? '' : `${term.field}:`;
  if (term.kind === 'word') return field + term.word;
  const [word, ...more] = term.words;
  if (term.open && more.length === 0) return `${field}${word}*`;
  return `${field}"${term.words.join(' ')}"${term.open ? '*' : ''}`;
}
