import type { Paper } from '../../src/papers/paper.ts';
import { foldText } from '../../src/topics/query/fold-text.ts';
import type { BenchQuery } from './make-queries.ts';
import { type Random, shuffle } from './seeded-random.ts';

const MOST = 500;
/** What stands before the colon of a title. */
const NAME = /^([^:]{2,60}):\s/u;
/** Where a capital follows a small letter, and where letters and digits meet. */
const INSIDE = /(?<=\p{Ll})(?=\p{Lu})|(?<=\p{L})(?=\p{N})|(?<=\p{N})(?=\p{L})/gu;

/** The ways in which people write a name: `SWE-bench`, `swebench`, `swe bench` and `swe-bench`. */
const WAYS = {
  names_written: (name: string) => name,
  names_joined: (name: string) => partsOf(name).join(''),
  names_parted: (name: string) => partsOf(name).join(' '),
  names_hyphened: (name: string) => partsOf(name).join('-'),
} as const;
export type Way = keyof typeof WAYS;
const isWay = (way: string): way is Way => Object.hasOwn(WAYS, way);
export const NAME_WAYS: readonly Way[] = Object.keys(WAYS).filter(isWay);

/**
 * Names of up to 500 papers, drawn by chance, in each way of writing. Where several papers have the same name, each of
 * them is right.
 */
export function makeNameQueries(papers: readonly Paper[], random: Random): readonly BenchQuery[] {
  const named = papers.flatMap(({ id, title }) => {
    const name = NAME.exec(title)?.[1];
    return name === undefined || partsOf(name).length === 0 ? [] : [{ id, name }];
  });
  const papersOf = Map.groupBy(named, ({ name }) => WAYS.names_joined(name));
  const drawn = shuffle(named, random).slice(0, MOST);
  return NAME_WAYS.flatMap((way) =>
    drawn.map(({ name }) => ({
      kind: way,
      text: WAYS[way](name),
      right: (papersOf.get(WAYS.names_joined(name)) ?? []).map(({ id }) => id),
    })),
  );
}

/** The letters and digits of a name without case and accents, parted where a person may part them. */
function partsOf(name: string): readonly string[] {
  return foldText(name.replaceAll(INSIDE, ' ')).match(/[\p{L}\p{N}]+/gu) ?? [];
}
