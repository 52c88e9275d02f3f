import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { addDays } from '../src/calendar/zoned-time.ts';
import type { Paper } from '../src/papers/paper.ts';
import { weighBySaving } from '../src/topics/taste.ts';
import { openSqliteArchive } from '../src/storage/archive/sqlite-paper-archive.ts';
import type { PaperSearch, PickedPaper } from '../src/topics/paper-search.ts';
import type { Figure } from './figure.ts';
import { HAS_COLLECTED, readRecordings, type Recording } from './read-collected.ts';
import { measureAuc, measureNdcg, type Ranked } from './recommend/measure-ranking.ts';
import { createPlainMean } from './recommend/plain-mean.ts';

/** They submit most of what there is, whatever it is about. */
const MASS_SUBMITTERS = new Set(['taesiri', 'akhaliq']);
const FEWEST_SUBMISSIONS = 10;
const TRAINED_SHARE = 0.6;
const EXAMPLES = [1, 2, 3, 5, 10] as const;

/** Somebody who submits what they find worth reading. */
interface Curator {
  readonly name: string;
  /** The earlier submissions, the latest first. */
  readonly trained: readonly Paper[];
  /** The later list days with a submission of theirs. */
  readonly later: readonly Recording[];
}

type Score = (paper: Paper) => number;

/** How well For You tells what a curator submits later from the other papers of the day. */
export async function measureRecommend(): Promise<readonly Figure[]> {
  if (!HAS_COLLECTED) {
    throw new Error('The recommend bench needs the collected papers in ../shared/data, which is not there.');
  }
  const recordings = await readRecordings();
  const curators = findCurators(recordings);
  const folder = mkdtempSync(path.join(tmpdir(), 'paperboy-bench-'));
  const { archive, search, close } = openSqliteArchive({ path: path.join(folder, 'archive.sqlite') });
  try {
    for (const { papers, at } of recordings) archive.save(papers, at);
    const papers = recordings.flatMap((one) => one.papers);
    return await measureCurators(curators, { search, papers });
  } finally {
    await close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function findCurators(recordings: readonly Recording[]): readonly Curator[] {
  const submissions = new Map<string, { readonly paper: Paper; readonly day: string }[]>();
  for (const { day, papers } of recordings) {
    for (const paper of papers) {
      const name = paper.submitter?.slug;
      if (name === undefined || MASS_SUBMITTERS.has(name)) continue;
      const own = submissions.get(name) ?? [];
      if (own.some((one) => one.paper.id === paper.id)) continue;
      submissions.set(name, [...own, { paper, day }]);
    }
  }
  return [...submissions]
    .filter(([, own]) => own.length >= FEWEST_SUBMISSIONS)
    .map(([name, own]) => {
      const trained = own.slice(0, Math.floor(own.length * TRAINED_SHARE));
      const last = trained.at(-1)?.day ?? '';
      const later = recordings.filter(
        ({ day, papers }) => day > last && papers.some(({ submitter }) => submitter?.slug === name),
      );
      return { name, trained: trained.map(({ paper }) => paper).toReversed(), later };
    });
}

/** The means over all list days on which a curator submitted something later. */
async function measureCurators(
  curators: readonly Curator[],
  { search, papers }: { readonly search: PaperSearch; readonly papers: readonly Paper[] },
): Promise<readonly Figure[]> {
  const table = new Map<string, number[]>();
  const meanOf = createPlainMean(papers);
  for (const { name, trained, later } of curators) {
    for (const { day, papers: listed } of later) {
      const left = listed.filter(({ id }) => trained.every((known) => known.id !== id));
      const judge = (names: readonly [string, string?], score: Score, examples = trained): void => {
        const question = { papers: left, name, score, examples };
        for (const [figure, value] of judgeOrder(question)) {
          const key = names.join(`.${figure}.`).replace(/^([^.]+)$/, `$1.${figure}`);
          table.set(key, [...(table.get(key) ?? []), value]);
        }
      };
      const picks = await pick(trained, day, search);
      judge(['foryou'], ({ id }) => picks.get(id)?.score ?? -1);
      judge(['text'], ({ id }) => picks.get(id)?.text ?? -1);
      judge(['mean'], meanOf(trained));
      judge(['upvotes'], ({ upvotes }) => upvotes);
      judge(['newest'], ({ id }) => Number(id));
      for (const count of EXAMPLES) {
        const examples = trained.slice(0, count);
        const few = await pick(examples, day, search);
        judge(['foryou', String(count)], ({ id }) => few.get(id)?.score ?? -1, examples);
        judge(['text', String(count)], ({ id }) => few.get(id)?.text ?? -1, examples);
      }
    }
  }
  return [
    { figure: 'curators', value: curators.length, unit: '' },
    { figure: 'days', value: table.get('foryou.auc')?.length ?? 0, unit: '' },
    { figure: 'days_new_authors', value: table.get('foryou.auc_new_authors')?.length ?? 0, unit: '' },
    ...[...table].map(([figure, values]) => ({ figure, value: mean(values), unit: '' })),
  ];
}

interface Question {
  readonly papers: readonly Paper[];
  /** Whose submissions are the right ones. */
  readonly name: string;
  readonly score: Score;
  readonly examples: readonly Paper[];
}

/** How well an order puts the right papers first: among all, and among those whose authors no example has. */
function judgeOrder({ papers, name, score, examples }: Question): readonly (readonly [string, number])[] {
  const rank = (some: readonly Paper[]): readonly Ranked[] =>
    some.map((paper) => ({ score: score(paper), isRight: paper.submitter?.slug === name }));
  const authors = new Set(examples.flatMap((paper) => paper.authors));
  const all = rank(papers);
  const ofNew = rank(papers.filter((paper) => !paper.authors.some((author) => authors.has(author))));
  return [
    ['auc', measureAuc(all)],
    ['ndcg10', measureNdcg(all)],
    ['auc_new_authors', measureAuc(ofNew)],
    ['ndcg10_new_authors', measureNdcg(ofNew)],
  ].flatMap(([figure, value]) =>
    typeof figure === 'string' && typeof value === 'number' ? [[figure, value] as const] : [],
  );
}

/** What For You says of the papers of a day, for somebody who saved these, the latest first. */
async function pick(
  saved: readonly Paper[],
  day: string,
  search: PaperSearch,
): Promise<ReadonlyMap<string, PickedPaper>> {
  const picks = await search.pick({
    examples: weighBySaving(saved.map(({ id }) => id)),
    avoided: [],
    range: { after: addDays(day, -1), until: day },
    without: [],
    limit: Infinity,
  });
  return new Map(picks.map((one) => [one.paperId, one]));
}

function mean(values: readonly number[]): number {
  return Number((values.reduce((sum, value) => sum + value, 0) / values.length).toFixed(3));
}
