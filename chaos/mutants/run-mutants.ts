import pLimit from 'p-limit';
import { isPostgresInstalled } from '../../playground/postgres/own-postgres.ts';
import { complaintsIn } from '../report/report.ts';
import { pickForDay } from './for-the-day.ts';
import { buildCopy, type Mutant, MUTANTS_FOLDER, readMutants } from './mutant.ts';
import { runOnce, type RunOptions } from './run-once.ts';

export interface MutantOptions {
  /** Names, separated by commas; all when absent. */
  readonly only?: string | undefined;
  readonly seeds?: string | undefined;
  readonly minutes?: string | undefined;
  readonly channels?: string | undefined;
  /** Names of the faults that may come, separated by commas; all when absent. */
  readonly faults?: string | undefined;
  /** Of somebody else's patches. */
  readonly folder?: string | undefined;
  /** Three that any run catches soon, others each day. */
  readonly today?: boolean | undefined;
}

export interface Verdict {
  readonly mutant: string;
  readonly caught: boolean;
  /** The figures that say so, or what went wrong. */
  readonly by: string;
  readonly seed: string;
}

export interface MutationReport {
  readonly verdicts: readonly Verdict[];
  /** Of the unbroken bot, by all seeds. */
  readonly unbroken: readonly Verdict[];
  readonly figures: { readonly mutants: number; readonly caught: number; readonly clean: boolean };
}

type Size = Omit<RunOptions, 'seed' | 'root'>;

const SEEDS = '41,42,43';
/** Enough for a storm with most kinds of trouble, and for the calm after it. */
const SIZE = { minutes: '3', channels: '40' };
const AT_ONCE = 2;
/** Of the unbroken bot. */
const UNBROKEN = 'none';

/** Runs each mutant until a seed catches it, and the unbroken bot by all seeds; tells each verdict as it is there. */
export async function runMutants(
  options: MutantOptions,
  tell: (verdict: Verdict) => void,
): Promise<MutationReport> {
  const seeds = (options.seeds ?? SEEDS).split(',');
  const { minutes = SIZE.minutes, channels = SIZE.channels, faults } = options;
  const size = { minutes, channels, ...(faults === undefined ? {} : { faults }) };
  const only = options.today === true ? pickForDay(Date.now()) : options.only?.split(',');
  const chosen = readMutants(options.folder ?? MUTANTS_FOLDER, only);
  const mutants = chosen.filter((mutant) => canRun(mutant));
  for (const { name } of chosen.filter((mutant) => !canRun(mutant)))
    tell({ mutant: name, caught: false, by: 'left out, as PostgreSQL is not installed', seed: '' });
  const told = (verdict: Verdict) => {
    tell(verdict);
    return verdict;
  };
  const verdicts: Verdict[] = [];
  const unbroken: Verdict[] = [];
  // Several processes leave no room for another run.
  for (const [needs, own] of Map.groupBy(mutants, (mutant) => mutant.needs)) {
    const limit = pLimit(needs === undefined ? AT_ONCE : 1);
    const among = needs === undefined ? size : { ...size, needs };
    const [judged, plain] = await Promise.all([
      Promise.all(own.map((mutant) => limit(() => judge(mutant, seeds, among).then(told)))),
      Promise.all(seeds.map((seed) => limit(() => runUnbroken(seed, among).then(told)))),
    ]);
    verdicts.push(...judged);
    unbroken.push(...plain);
  }
  const caught = verdicts.filter((one) => one.caught).length;
  const clean = unbroken.every(({ by }) => by === '');
  return { verdicts, unbroken, figures: { mutants: mutants.length, caught, clean } };
}

function canRun({ needs }: Mutant): boolean {
  return needs?.includes('--postgres') !== true || isPostgresInstalled();
}

async function judge({ name, file, faults }: Mutant, seeds: readonly string[], size: Size): Promise<Verdict> {
  // Where some are chosen, these come by themselves.
  const among = faults === undefined || size.faults !== undefined ? size : { ...size, first: faults };
  let copy: ReturnType<typeof buildCopy>;
  try {
    copy = buildCopy({ file });
  } catch (error) {
    return { mutant: name, caught: false, by: `does not apply: ${String(error)}`, seed: '' };
  }
  try {
    for (const seed of seeds) {
      const { isClean, figures, lastWords } = await runOnce({ seed, ...among, root: copy.root });
      // A run that breaks off has caught nothing.
      if (figures === undefined) return { mutant: name, caught: false, by: `no figures: ${lastWords}`, seed };
      if (!isClean) return { mutant: name, caught: true, by: complaintsIn(figures).join(', '), seed };
    }
    return { mutant: name, caught: false, by: '', seed: seeds.join(', ') };
  } finally {
    copy.remove();
  }
}

async function runUnbroken(seed: string, size: Size): Promise<Verdict> {
  const { isClean, figures, lastWords } = await runOnce({ seed, ...size });
  if (isClean) return { mutant: UNBROKEN, caught: false, by: '', seed };
  const by = figures === undefined ? `no figures: ${lastWords}` : complaintsIn(figures).join(', ');
  return { mutant: UNBROKEN, caught: true, by, seed };
}
