import pluralize from 'pluralize';
import {
  type Condition,
  isCondition,
  type Query,
  type Term,
  type TextField,
} from '../../../topics/query/query.ts';

/** A condition on a row of `papers` in SQL, with its parameters in order. Nothing that was typed is in `sql`. */
export interface CompiledQuery {
  readonly sql: string;
  readonly parameters: readonly (string | number)[];
}

/** Where a word is looked for that names no field. Who submitted a paper says nothing about it. */
export const ANYWHERE = '{title abstract summary keyword author org}';
/** Names of people and organizations have no plural. */
const PROSE = '{title abstract summary keyword}';
const NAMES: ReadonlySet<TextField> = new Set(['author', 'org', 'submitter']);

/**
 * The rows of `papers` that a query strictly matches. Each largest part of words alone is one FTS5 expression; the
 * rest, of which FTS5 knows nothing, is SQL over those.
 */
export function compileQuery(query: Query): CompiledQuery {
  const text = compileText(query);
  if (text !== undefined) {
    return {
      sql: 'papers.number IN (SELECT rowid FROM words WHERE words MATCH ?)',
      parameters: [text],
    };
  }
  if (query.kind === 'and' || query.kind === 'or') return compileParts(query);
  if (query.kind === 'not') {
    const { sql, parameters } = compileQuery(query.part);
    return { sql: `NOT (${sql})`, parameters };
  }
  return isCondition(query) ? compileCondition(query) : { sql: 'TRUE', parameters: [] };
}

/** The words are gathered into one expression, the rest is compiled one by one. */
function compileParts({ kind, parts }: Query & { kind: 'and' | 'or' }): CompiledQuery {
  const texts = parts.filter((part) => compileText(part) !== undefined);
  const others = parts.filter((part) => !texts.includes(part));
  const [first, ...more] = texts;
  const gathered: readonly Query[] =
    first === undefined ? [] : [more.length === 0 ? first : { kind, parts: texts }];
  const compiled = [...gathered, ...others].map((part) => compileQuery(part));
  return {
    sql: compiled.map(({ sql }) => `(${sql})`).join(kind === 'and' ? ' AND ' : ' OR '),
    parameters: compiled.flatMap(({ parameters }) => parameters),
  };
}

/**
 * The FTS5 expression of a query of words alone; undefined where something else is in it. Every word is quoted, so
 * that nothing typed is syntax. https://www.sqlite.org/fts5.html#full_text_query_syntax
 */
function compileText(query: Query): string | undefined {
  if (query.kind === 'word' || query.kind === 'phrase') return compileTerm(query);
  if (query.kind !== 'and' && query.kind !== 'or') return undefined;
  const parts = query.parts.map(compileText);
  if (parts.some((part) => part === undefined)) return undefined;
  return `(${parts.join(query.kind === 'and' ? ' AND ' : ' OR ')})`;
}

export function compileTerm(term: Term): string {
  const columns = term.field === undefined ? ANYWHERE : `{${term.field}}`;
  if (term.kind === 'phrase') return `(${columns} : ${quote(term.words.join(' '))}${term.open ? ' *' : ''})`;
  const [word = '', ...forms] = wordForms(term.word);
  if (forms.length === 0 || (term.field !== undefined && NAMES.has(term.field))) {
    return `(${columns} : ${quote(word)})`;
  }
  const inflected = forms.map(quote).join(' OR ');
  if (term.field !== undefined) return `(${columns} : (${quote(word)} OR ${inflected}))`;
  return `((${columns} : ${quote(word)}) OR (${PROSE} : (${inflected})))`;
}

export function quote(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

function compileCondition(condition: Condition): CompiledQuery {
  if (condition.kind === 'code') return { sql: `has_code = ${condition.has ? 1 : 0}`, parameters: [] };
  if (condition.kind === 'since') {
    return { sql: 'coalesce(list_day, published_on) >= ?', parameters: [condition.day] };
  }
  if (condition.kind === 'paper') return { sql: 'papers.id = ?', parameters: [condition.id] };
  if (condition.kind === 'top') return { sql: IS_ON_TOP, parameters: [condition.places] };
  if (condition.kind === 'rising') {
    return { sql: condition.is ? IS_RISING : `NOT ${IS_RISING}`, parameters: [] };
  }
  if (condition.kind === 'like') {
    const examples = condition.papers.join();
    return { sql: IS_LIKE, parameters: [examples, examples, condition.from] };
  }
  const { field, comparison, value } = condition;
  return { sql: `coalesce(${field}, 0) ${comparison} ?`, parameters: [value] };
}

/** Fewer papers of its day than given stand before it, by the index `papers_by_day`. */
const IS_ON_TOP = `list_day IS NOT NULL AND upvotes > 0 AND (
  SELECT count(*) FROM papers AS better WHERE better.list_day = papers.list_day
  AND better.upvotes >= papers.upvotes AND (better.upvotes, papers.id) > (papers.upvotes, better.id)
) < ?`;
const IS_RISING =
  'coalesce(upvotes >= (SELECT rising_from FROM collected_days WHERE day = papers.list_day), FALSE)';

/**
 * Only what has one of the examples' best words is compared with them, and of a large archive the newest of that alone,
 * so that the work is bounded. The functions are those of `createLikeness`.
 */
const IS_LIKE = `papers.number IN (
  SELECT listed.number FROM words JOIN papers AS listed ON listed.number = words.rowid
  WHERE words MATCH likeness_words(?) ORDER BY listed.list_day DESC, listed.id DESC LIMIT 1200
) AND likeness(papers.id, ?) >= ?`;

/** Little words, whose plural is another word, and words that only look like a plural. They stand for themselves. */
const ALONE = new Set(
  (
    'a an as at be by do go he i if in is it me my no of on or our ours re she so that the them they this those thus to ' +
    'up us was we were who yes are has have had his hers its itself themselves myself ' +
    'new news len lens tts fps nas gas pas atlas canvas bias ios aws dns tls ' +
    'analytics dynamics economics ethics genetics graphics kinetics linguistics mathematics mechanics optics physics ' +
    'politics robotics semantics'
  ).split(' '),
);

pluralize.addIrregularRule('axis', 'axes');
pluralize.addIrregularRule('corpus', 'corpora');

/** The folded word itself, first, and its singular or plural. https://github.com/plurals/pluralize */
export function wordForms(word: string): readonly string[] {
  if (ALONE.has(word) || !/^[a-z0-9]*[a-z][a-z0-9]*$/.test(word)) return [word];
  const singular = pluralize.singular(word);
  const plural = pluralize.plural(singular);
  return [...new Set([word, singular, plural, pluralize.plural(word)])].filter(
    (form) => form === word || (!ALONE.has(form) && form.length > 1),
  );
}
