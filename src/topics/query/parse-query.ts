import { lexQuery, syntaxError, type Token } from './lex-query.ts';
import { countWords, isBeginning, type Query, QUERY_LENGTH, type TextField } from './query.ts';

const DEPTH = 20;
const WORDS = 64;
const BEGINNINGS = 10;

interface Reader {
  readonly query: string;
  readonly tokens: readonly Token[];
  next: number;
}

/** Brackets around a place, and the field that they are about. */
interface Scope {
  readonly depth: number;
  readonly field?: TextField;
}

/**
 * Reads a query; nothing but space means every paper. Raises `query-syntax` with a place inside the text. The work is
 * bounded by the length, the depth, and the number of words and of beginnings.
 */
export function parseQuery(query: string): Query {
  if (query.length > QUERY_LENGTH) {
    throw syntaxError(query, QUERY_LENGTH, { kind: 'at-most', limit: QUERY_LENGTH, of: 'characters' });
  }
  const reader: Reader = { query, tokens: lexQuery(query), next: 0 };
  if (reader.tokens.length === 0) return { kind: 'every' };
  checkBounds(reader);

  const read = readOr(reader, { depth: 0 });
  const left = peek(reader);
  if (left !== undefined) throw syntaxError(query, left.at, 'opening-bracket');
  return read;
}

function checkBounds({ query, tokens }: Reader): void {
  let words = 0;
  let beginnings = 0;
  for (const token of tokens) {
    if (token.kind !== 'operand') continue;
    words += countWords(token.query);
    if (isBeginning(token.query)) beginnings += 1;
    if (words > WORDS) throw syntaxError(query, token.at, { kind: 'at-most', limit: WORDS, of: 'terms' });
    if (beginnings > BEGINNINGS) {
      throw syntaxError(query, token.at, { kind: 'at-most', limit: BEGINNINGS, of: 'beginnings' });
    }
  }
}

function readOr(reader: Reader, scope: Scope): Query {
  const parts = [readAnd(reader, scope)];
  while (takeKind(reader, 'or') !== undefined) parts.push(readAnd(reader, scope));
  return join('or', parts);
}

/** Parts that follow one another must all match, with or without AND between them. */
function readAnd(reader: Reader, scope: Scope): Query {
  const parts = [readNot(reader, scope)];
  for (;;) {
    const next = peek(reader);
    if (next === undefined || next.kind === 'close' || next.kind === 'or') return join('and', parts);
    takeKind(reader, 'and');
    parts.push(readNot(reader, scope));
  }
}

function readNot(reader: Reader, scope: Scope): Query {
  let isExcluded = false;
  while (takeKind(reader, 'not') !== undefined) isExcluded = !isExcluded;
  const part = readOperand(reader, scope);
  if (!isExcluded) return part;
  return part.kind === 'not' ? part.part : { kind: 'not', part };
}

function readOperand(reader: Reader, scope: Scope): Query {
  const token = peek(reader);
  if (token === undefined) throw syntaxError(reader.query, lastPlace(reader), 'term-after');
  reader.next += 1;
  if (token.kind === 'operand') return applyField(reader, token, scope);
  if (token.kind === 'field') {
    takeKind(reader, 'open');
    return readBrackets(reader, token.at, { ...scope, field: token.field });
  }
  if (token.kind === 'open') return readBrackets(reader, token.at, scope);
  throw syntaxError(reader.query, token.at, 'term-before');
}

function readBrackets(reader: Reader, at: number, scope: Scope): Query {
  const depth = scope.depth + 1;
  if (depth > DEPTH) throw syntaxError(reader.query, at, { kind: 'at-most', limit: DEPTH, of: 'brackets' });
  const inside = readOr(reader, { ...scope, depth });
  if (takeKind(reader, 'close') === undefined) {
    throw syntaxError(reader.query, at, 'closing-bracket');
  }
  return inside;
}

/** `title:(a OR b)` is about the title in all its terms; a term's own field wins. */
function applyField(reader: Reader, token: Token & { kind: 'operand' }, { field }: Scope): Query {
  const { query: operand } = token;
  if (field === undefined) return operand;
  if (operand.kind !== 'word' && operand.kind !== 'phrase') {
    throw syntaxError(reader.query, token.at, { kind: 'term-in', field });
  }
  return operand.field === undefined ? { ...operand, field } : operand;
}

function join(kind: 'and' | 'or', parts: readonly Query[]): Query {
  const [only, ...more] = parts;
  if (only !== undefined && more.length === 0) return only;
  return { kind, parts: parts.flatMap((part) => (part.kind === kind ? part.parts : [part])) };
}

function peek({ tokens, next }: Reader): Token | undefined {
  return tokens[next];
}

function takeKind(reader: Reader, kind: Token['kind']): Token | undefined {
  const token = peek(reader);
  if (token?.kind !== kind) return undefined;
  reader.next += 1;
  return token;
}

function lastPlace({ tokens }: Reader): number {
  return tokens.at(-1)?.at ?? 0;
}
