import type { DatabaseSync } from 'node:sqlite';
import type { ArchivedPaper } from '../../../papers/paper.ts';
import type { PickedPaper, PickRequest, WeighedPaper } from '../../../topics/paper-search.ts';
import {
  buildTaste,
  buildVector,
  decidingWords,
  type Example,
  judgeLikeness,
  multiply,
  type ShareOf,
  type Taste,
  type TextVector,
  weighEqually,
} from '../../../topics/taste.ts';
import { isHollow, isLittle } from '../search/everyday-words.ts';
import { quote } from './compile-query.ts';
import { CountRow, DataVersionRow, PAPER_COLUMNS, readPaper } from '../schema.ts';

/** How like some papers others are, by the words of the archive. */
export interface LikenessReader {
  /** In thousandths, as `like:` compares it; 0 for the examples themselves, and for a paper that is not there. */
  likenessOf(paperId: string, examples: readonly string[]): number;
  /** The words that make it so, best first. */
  decidingWords(paperId: string, examples: readonly string[]): readonly string[];
  tasteOf(examples: readonly WeighedPaper[], avoided: readonly string[]): Taste;
  /** The papers of a range that are most like the examples, best first. */
  pick(request: PickRequest): readonly PickedPaper[];
  /**
   * Lets SQL of a connection ask: `likeness(papers.id, '2605.30349,2606.01234')`, and for the FTS5 expression of what can
   * be like them, `likeness_words('2605.30349,2606.01234')`.
   */
  teach(connection: DatabaseSync): void;
}

/** A word in more of the papers tells them apart from none. */
const COMMON_SHARE = 0.3;
/** A month of papers, and all that a query compares, see `compile-query.ts`; each takes some 8 kB. */
const MOST_VECTORS = 1_200;
const MOST_SHARES = 50_000;
const MOST_TASTES = 8;
const TELLING = { most: 5, isTold: (word: string) => !isHollow(word) };
/** What has none of so many is not like the examples. */
const GATHERING_WORDS = 16;
const FIRST = '0000-00-00';
const LAST = '9999-99-99';

/** What was computed of the archive as it was before its next write. */
interface Computed {
  readonly dataVersion: number;
  readonly papers: number;
  readonly shares: Map<string, number | undefined>;
  readonly known: Map<string, Known>;
  readonly tastes: Map<string, Taste>;
}

interface Known {
  readonly paper: ArchivedPaper;
  readonly vector: TextVector;
}

export function createLikeness(database: DatabaseSync): LikenessReader {
  const version = database.prepare('PRAGMA data_version');
  const total = database.prepare('SELECT count(*) AS papers FROM papers');
  const papersWith = database.prepare('SELECT doc AS papers FROM vocabulary WHERE term = ?');
  const paperOf = database.prepare(`SELECT ${PAPER_COLUMNS} FROM papers WHERE id = ?`);
  const inRange = database.prepare(
    `SELECT ${PAPER_COLUMNS} FROM papers WHERE list_day > ? AND list_day <= ? AND upvotes >= ?`,
  );
  let present: Computed | undefined;

  /** Changes with each commit of another connection: https://www.sqlite.org/pragma.html#pragma_data_version */
  function computed(): Computed {
    const { data_version: dataVersion } = DataVersionRow.parse(version.get());
    if (present?.dataVersion !== dataVersion) {
      const { papers } = CountRow.parse(total.get());
      present = { dataVersion, papers, shares: new Map(), known: new Map(), tastes: new Map() };
    }
    return present;
  }

  function readShares({ papers, shares }: Computed): ShareOf {
    const most = Math.max(2, papers * COMMON_SHARE);
    return (word) => {
      if (shares.has(word)) return shares.get(word);
      const row = papersWith.get(word);
      const having = row === undefined ? 0 : CountRow.parse(row).papers;
      // In a small archive little words are rare too.
      const isTelling = having >= 2 && having <= most && !isLittle(word);
      const share = isTelling ? having / papers : undefined;
      return keep(shares, word, share, MOST_SHARES);
    };
  }

  function know(paper: ArchivedPaper, at: Computed): Known {
    const known = at.known.get(paper.id);
    if (known !== undefined) return known;
    const vector = buildVector(paper, readShares(at));
    return keep(at.known, paper.id, { paper: { ...paper, abstract: '' }, vector }, MOST_VECTORS);
  }

  function find(id: string, at: Computed): Known | undefined {
    const known = at.known.get(id);
    if (known !== undefined) return known;
    const row = paperOf.get(id);
    return row === undefined ? undefined : know(readPaper(row), at);
  }

  function readExamples(examples: readonly WeighedPaper[], at: Computed): readonly Example[] {
    return examples.flatMap(({ paperId, weight }) => {
      const known = find(paperId, at);
      return known === undefined ? [] : [{ ...known, weight }];
    });
  }

  function tasteOf(examples: readonly WeighedPaper[], avoided: readonly string[], at: Computed): Taste {
    const key = JSON.stringify([examples, avoided]);
    const known = at.tastes.get(key);
    if (known !== undefined) return known;
    const liked = readExamples(examples, at);
    const disliked = readExamples(weighEqually(avoided), at);
    return keep(at.tastes, key, buildTaste(liked, disliked), MOST_TASTES);
  }

  const reader: LikenessReader = {
    likenessOf(paperId, examples) {
      const at = computed();
      const known = examples.includes(paperId) ? undefined : find(paperId, at);
      if (known === undefined) return 0;
      const taste = tasteOf(weighEqually(examples), [], at);
      return 1_000 * judgeLikeness(taste, known.paper, known.vector).score;
    },
    decidingWords(paperId, examples) {
      const at = computed();
      const known = find(paperId, at);
      if (known === undefined) return [];
      return decidingWords(tasteOf(weighEqually(examples), [], at), known, TELLING);
    },
    tasteOf: (examples, avoided) => tasteOf(examples, avoided, computed()),
    pick({ examples, avoided, range: { after = FIRST, until = LAST }, minUpvotes = 0, without, limit }) {
      const at = computed();
      const liked = readExamples(examples, at);
      if (liked.length === 0) return [];
      const taste = tasteOf(examples, avoided, at);
      const absent = new Set([...without, ...avoided, ...examples.map(({ paperId }) => paperId)]);
      return inRange
        .all(after, until, minUpvotes)
        .map((row) => know(readPaper(row), at))
        .filter(({ paper }) => !absent.has(paper.id))
        .map((known) => ({ known, ...judgeLikeness(taste, known.paper, known.vector) }))
        .toSorted((a, b) => b.score - a.score || (a.known.paper.id < b.known.paper.id ? -1 : 1))
        .slice(0, limit)
        .map(({ known, text, score }) => ({
          paperId: known.paper.id,
          score,
          text,
          ...explainPick(known, liked, taste),
        }));
    },
    teach(connection) {
      connection.function('likeness_words', (examples) =>
        matchAny(reader.tasteOf(weighEqually(String(examples).split(',')), [])),
      );
      connection.function('likeness', (paperId, examples) =>
        reader.likenessOf(String(paperId), String(examples).split(',')),
      );
    },
  };
  return reader;
}

/** The FTS5 expression of papers that have one of the words that count most; of none where there is no such word. */
export function matchAny({ words }: Taste): string {
  const best = [...words].filter(([, worth]) => worth > 0).toSorted(([, a], [, b]) => b - a);
  const anyOf = best.slice(0, GATHERING_WORDS).map(([word]) => quote(word));
  return anyOf.length === 0 ? '""' : `{title abstract summary keyword} : (${anyOf.join(' OR ')})`;
}

/** The example that a paper is most like, and what they share. */
function explainPick(
  { paper, vector }: Known,
  liked: readonly Example[],
  taste: Taste,
): { readonly like: string; readonly words: readonly string[]; readonly authors: readonly string[] } {
  let nearest = liked[0];
  let best = -Infinity;
  for (const example of liked) {
    const near = multiply(vector.words, example.vector.words);
    if (near > best) {
      best = near;
      nearest = example;
    }
  }
  // Only words that the pick and this example share.
  const isTold = (word: string) => TELLING.isTold(word) && nearest?.vector.words.has(word) === true;
  return {
    like: nearest?.paper.id ?? '',
    words: decidingWords(taste, { paper, vector }, { ...TELLING, isTold }),
    authors: paper.authors.filter((author) => taste.authors.has(author)),
  };
}

/** Forgets the oldest of what is kept where there is too much of it. */
function keep<Value>(map: Map<string, Value>, key: string, value: Value, most: number): Value {
  const [oldest] = map.keys();
  if (map.size >= most && oldest !== undefined) map.delete(oldest);
  map.set(key, value);
  return value;
}
