import { isDay } from '../../calendar/is-day.ts';
import { type ExpectedInQuery, UserError } from '../../errors.ts';
import { parsePaperId } from '../../papers/parse-paper-id.ts';
import type { Comparison, Condition, NumberField } from './query.ts';

export interface LexedCondition {
  readonly condition: Condition;
  /** Index of the first character behind it. */
  readonly end: number;
}

const NUMBER = /(upvotes|stars|comments)\s*:?\s*(>=|=>|≥|<=|=<|≤|>|<|=)\s*/iuy;
const COLON_NUMBER = /(?:upvotes|stars|comments):\s*(?=\d)/iuy;
const YES_OR_NO = /(code|rising):(?:(?=\S)|\s+(?=(?:yes|no)(?:[\s)]|$)))/iuy;
const TOP = /top:(?=\S)/iuy;
/** Before anything else a space ends a sentence's `like:`. */
const LIKE = /like:(?:(?=\S)|\s+(?=\d{4}\.\d|https?:|arxiv))/iuy;
/** Ids or links, with a comma between two. */
const PAPERS = /[^\s,()>]+(?:\s*,\s*[^\s,()>]+)*/uy;
const LEAST = /\s*>=\s*(\d{0,9})/uy;
const SINCE = /since:\s*/iuy;
const VALUE = /[^\s()]*/uy;

const COMPARISONS: ReadonlyMap<string, Comparison> = new Map([
  ['>=', '>='],
  ['=>', '>='],
  ['≥', '>='],
  ['<=', '<='],
  ['=<', '<='],
  ['≤', '<='],
  ['>', '>'],
  ['<', '<'],
  ['=', '='],
]);
/** No list day is known to have had more papers. */
const MOST_PLACES = 100;
export const MOST_LIKED = 10;
const MOST_LIKENESS = 999;
/** In thousandths; what one paper of a hundred or two reach. */
const USUAL_LIKENESS = 80;
const NUMBER_FIELDS: readonly NumberField[] = ['upvotes', 'stars', 'comments'];

/** The condition that stands at a place, if one does. Raises `query-syntax` for one that is not finished. */
export function lexCondition(query: string, at: number): LexedCondition | undefined {
  const value = (pattern: RegExp) => readValue(pattern, query, at);
  const number = value(NUMBER);
  if (number !== undefined) return lexNumber(query, number);
  const colon = value(COLON_NUMBER);
  if (colon !== undefined) throw refuse(query, at, 'comparison');
  const answer = value(YES_OR_NO);
  if (answer !== undefined) return lexAnswer(query, answer);
  const top = value(TOP);
  if (top !== undefined) return lexTop(query, top);
  const like = value(LIKE);
  if (like !== undefined) return lexLike(query, like.start);
  const since = value(SINCE);
  return since === undefined ? lexPaper(query, at) : lexSince(query, since);
}

interface Value {
  /** The match in front of the value. */
  readonly head: RegExpExecArray;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

function readValue(pattern: RegExp, query: string, at: number): Value | undefined {
  pattern.lastIndex = at;
  const head = pattern.exec(query);
  if (head === null) return undefined;
  const start = at + head[0].length;
  VALUE.lastIndex = start;
  const text = VALUE.exec(query)?.[0] ?? '';
  return { head, text, start, end: start + text.length };
}

function lexNumber(query: string, { head, text, start, end }: Value): LexedCondition {
  const field = NUMBER_FIELDS.find((name) => name === head[1]?.toLowerCase());
  const comparison = COMPARISONS.get(head[2] ?? '');
  if (field === undefined || comparison === undefined || !/^\d{1,9}$/.test(text)) {
    throw refuse(query, start, 'whole-number');
  }
  return { condition: { kind: 'number', field, comparison, value: Number(text) }, end };
}

function lexAnswer(query: string, { head, text, start, end }: Value): LexedCondition {
  const answer = text.toLowerCase();
  if (answer !== 'yes' && answer !== 'no') throw refuse(query, start, 'yes-or-no');
  const is = answer === 'yes';
  const isCode = head[1]?.toLowerCase() === 'code';
  return { condition: isCode ? { kind: 'code', has: is } : { kind: 'rising', is }, end };
}

function lexTop(query: string, { text, start, end }: Value): LexedCondition {
  const places = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (places < 1 || places > MOST_PLACES)
    throw refuse(query, start, { kind: 'number-up-to', limit: MOST_PLACES });
  return { condition: { kind: 'top', places }, end };
}

function lexLike(query: string, start: number): LexedCondition {
  PAPERS.lastIndex = start;
  const list = PAPERS.exec(query)?.[0] ?? '';
  const papers = list.split(',').map(parsePaperId);
  const known = [...new Set(papers.filter((id) => id !== undefined))];
  if (known.length === 0 || papers.includes(undefined)) throw refuse(query, start, 'paper-ids');
  if (known.length > MOST_LIKED) {
    throw refuse(query, start, { kind: 'at-most', limit: MOST_LIKED, of: 'papers' });
  }
  LEAST.lastIndex = start + list.length;
  const least = LEAST.exec(query);
  const from = least === null ? USUAL_LIKENESS : Number(least[1]);
  if (from < 1 || from > MOST_LIKENESS) {
    throw refuse(query, start + list.length, { kind: 'number-up-to', limit: MOST_LIKENESS });
  }
  return {
    condition: { kind: 'like', papers: known.toSorted(), from },
    end: start + list.length + (least?.[0].length ?? 0),
  };
}

/** An id or a link, also with the punctuation of a sentence or a list behind it. */
function lexPaper(query: string, at: number): LexedCondition | undefined {
  VALUE.lastIndex = at;
  const text = VALUE.exec(query)?.[0] ?? '';
  const id = parsePaperId(text.replace(/[.,;!?]+$/u, ''));
  return id === undefined ? undefined : { condition: { kind: 'paper', id }, end: at + text.length };
}

/** A month or a year stands for its first day. */
function lexSince(query: string, { text, start, end }: Value): LexedCondition {
  const day = `${text}${'-01-01'.slice(text.length === 4 ? 0 : 3)}`.slice(0, Math.max(10, text.length));
  if (!isDay(day)) throw refuse(query, start, 'day');
  return { condition: { kind: 'since', day }, end };
}

/** At the end of the query the last character is the place. */
function refuse(query: string, offset: number, expected: ExpectedInQuery): UserError<'query-syntax'> {
  return new UserError('query-syntax', { query, offset: Math.min(offset, query.length - 1), expected });
}
