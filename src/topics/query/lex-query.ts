import { type ExpectedInQuery, UserError } from '../../errors.ts';
import { lexCondition } from './lex-condition.ts';
import { splitWords } from './fold-text.ts';
import { type Condition, SHORTEST_BEGINNING, type Term, type TextField } from './query.ts';

export type Token = { readonly at: number } & (
  | { readonly kind: 'open' | 'close' | 'and' | 'or' | 'not' }
  /** In front of a bracket; in front of a term it is part of that. */
  | { readonly kind: 'field'; readonly field: TextField }
  | { readonly kind: 'operand'; readonly query: Term | Condition }
);

interface Lexed {
  readonly token: Token;
  /** Index of the first character behind it. */
  readonly end: number;
}

const FIELDS: ReadonlyMap<string, TextField> = new Map([
  ['title', 'title'],
  ['abstract', 'abstract'],
  ['keyword', 'keyword'],
  ['keywords', 'keyword'],
  ['author', 'author'],
  ['authors', 'author'],
  ['org', 'org'],
  ['organization', 'org'],
  ['submitter', 'submitter'],
]);
const OPERATORS: ReadonlyMap<string, 'and' | 'or' | 'not'> = new Map([
  ['AND', 'and'],
  ['OR', 'or'],
  ['NOT', 'not'],
]);

const SPACE = /\s*/uy;
/** Straight and typographic ones, of several languages; any of them closes what another opened. */
const QUOTES = '"\u201c\u201d\u201e\u201f\u00ab\u00bb\uff02';
const QUOTED = new RegExp(`[${QUOTES}]([^${QUOTES}]*)[${QUOTES}](\\*?)`, 'uy');
const QUOTE = new RegExp(`[${QUOTES}]`, 'u');
const CHUNK = new RegExp(`[^\\s()${QUOTES}]+`, 'uy');
const FIELD = /(\p{L}+):/uy;
/** Of a pasted title, or in front of a question mark: neither a word nor anything of the language. */
const PUNCTUATION = new RegExp(`[^\\p{L}\\p{N}\\s()${QUOTES}]+(?=\\s|$)`, 'uy');
const MINUS = /[-\u2212](?=[^\s)])/uy;

/** The parts of a query in order. Raises `query-syntax` with the place. */
export function lexQuery(query: string): readonly Token[] {
  const tokens: Token[] = [];
  const isText = splitWords(query).length > 0;
  for (let at = skipSpace(query, 0); at < query.length;) {
    const punctuation = isText ? matchAt(PUNCTUATION, query, at) : undefined;
    if (punctuation !== undefined) {
      at = skipSpace(query, at + punctuation[0].length);
      continue;
    }
    const { token, end } = lexToken(query, at);
    tokens.push(token);
    at = skipSpace(query, end);
  }
  return tokens;
}

function lexToken(query: string, at: number): Lexed {
  if (query[at] === '(') return { token: { kind: 'open', at }, end: at + 1 };
  if (query[at] === ')') return { token: { kind: 'close', at }, end: at + 1 };
  if (matchAt(MINUS, query, at) !== undefined) return { token: { kind: 'not', at }, end: at + 1 };
  const condition = lexCondition(query, at);
  if (condition !== undefined) {
    return { token: { kind: 'operand', at, query: condition.condition }, end: condition.end };
  }
  return lexField(query, at) ?? lexTerm(query, at);
}

/** `author:` with what it is about; undefined where there is no field. */
function lexField(query: string, at: number): Lexed | undefined {
  const name = matchAt(FIELD, query, at);
  const field = FIELDS.get(name?.[1]?.toLowerCase() ?? '');
  if (name === undefined || field === undefined) return undefined;
  const start = skipSpace(query, at + name[0].length);
  if (start === query.length || query[start] === ')') {
    throw syntaxError(query, at, 'term-after-colon');
  }
  if (query[start] === '(') return { token: { kind: 'field', at, field }, end: start };
  return lexTerm(query, start, { field, at });
}

function lexTerm(
  query: string,
  at: number,
  about?: { readonly field: TextField; readonly at: number },
): Lexed {
  const quoted = matchAt(QUOTED, query, at);
  if (quoted === undefined && QUOTE.test(query[at] ?? '')) {
    throw syntaxError(query, at, 'closing-quote');
  }
  const chunk = quoted ?? matchAt(CHUNK, query, at);
  const text = quoted?.[1] ?? chunk?.[0] ?? '';
  const operator = about === undefined && quoted === undefined ? OPERATORS.get(text) : undefined;
  if (operator !== undefined) return { token: { kind: operator, at }, end: at + text.length };

  const words = splitWords(text);
  if (words.length === 0) throw syntaxError(query, at, 'letter-or-digit');
  const open = quoted === undefined ? text.endsWith('*') : quoted[2] === '*';
  if (open && Array.from(words.at(-1) ?? '').length < SHORTEST_BEGINNING) {
    throw syntaxError(query, at, 'longer-beginning');
  }
  const term = buildTerm(words, { open, exact: quoted !== undefined });
  return {
    token: {
      kind: 'operand',
      at: about?.at ?? at,
      query: about === undefined ? term : { ...term, field: about.field },
    },
    end: at + (chunk?.[0].length ?? 0),
  };
}

function buildTerm(words: readonly string[], { open, exact }: { open: boolean; exact: boolean }): Term {
  const [word, ...more] = words;
  if (word !== undefined && more.length === 0 && !open && !exact) return { kind: 'word', word };
  return { kind: 'phrase', words, open };
}

function skipSpace(query: string, at: number): number {
  return at + (matchAt(SPACE, query, at)?.[0].length ?? 0);
}

/** What a sticky pattern finds at a place. */
function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}

export function syntaxError(
  query: string,
  offset: number,
  expected: ExpectedInQuery,
): UserError<'query-syntax'> {
  const inside = Math.max(0, Math.min(offset, query.length - 1));
  return new UserError('query-syntax', { query, offset: inside, expected });
}
