import { MOST_SAVED, type SavedPapers } from '../papers/saved-papers.ts';
import type { PickedPaper, PickRequest, WeighedPaper } from '../topics/paper-search.ts';
import { MOST_EXAMPLES, weighBySaving } from '../topics/taste.ts';
import { type ForYouChoices, MOST_DISMISSED } from './choices.ts';

/** Whose saves picks are made from: one person's, or those of a server's people who agreed. */
export type Reader =
  | { readonly kind: 'person'; readonly userId: string }
  | { readonly kind: 'server'; readonly guildId: string };

export interface PickTools {
  readonly savedPapers: Pick<SavedPapers, 'list'>;
  readonly choices: Pick<ForYouChoices, 'dismissed' | 'savesThatCount'>;
  readonly pick: (request: PickRequest) => Promise<readonly PickedPaper[]>;
}

export interface PickWish extends Pick<PickRequest, 'range' | 'minUpvotes' | 'limit'> {
  /** Ids that are no picks, beside what was saved and dismissed. */
  readonly without: readonly string[];
}

/** Less is no likeness at all. */
const LEAST_SCORE = 0.02;
/** Of what was dismissed, the latest tell most. */
const MOST_AVOIDED = 50;
/** People of a server whose saves are read, and of each so many. */
const PEOPLE = 50;
const OF_EACH = 20;

/** The papers of a range for a reader, best first; none for one who has saved nothing. Raises `StorageError`. */
export async function pickForYou(
  reader: Reader,
  { without, ...wish }: PickWish,
  tools: PickTools,
): Promise<readonly PickedPaper[]> {
  const { examples, avoided, known } = await readTaste(reader, tools);
  if (examples.length === 0) return [];
  const picks = await tools.pick({ ...wish, examples, avoided, without: [...without, ...known] });
  return picks.filter(({ score }) => score >= LEAST_SCORE);
}

interface Taste extends Pick<PickRequest, 'examples' | 'avoided'> {
  /** What the reader has saved or dismissed. */
  readonly known: readonly string[];
}

async function readTaste(reader: Reader, { savedPapers, choices }: PickTools): Promise<Taste> {
  if (reader.kind === 'server') {
    const saves = await choices.savesThatCount(reader.guildId, { people: PEOPLE, most: OF_EACH });
    return { examples: weighPeople(saves), avoided: [], known: [] };
  }
  // All of them: a long import must not hide what was saved before it.
  const saved = await savedPapers.list(reader.userId, { from: 0, most: MOST_SAVED });
  const savedIds = saved.map(({ paperId }) => paperId);
  const isSaved = new Set(savedIds);
  const dismissed = await choices.dismissed(reader.userId, MOST_DISMISSED);
  // Whoever saved a paper later has changed their mind about it.
  const avoided = dismissed.filter((id) => !isSaved.has(id));
  return {
    examples: weighBySaving(savedIds),
    avoided: avoided.slice(0, MOST_AVOIDED),
    known: [...savedIds, ...avoided],
  };
}

/** Everybody counts the same, however much they save; a paper that several have saved counts for each. */
function weighPeople(saves: readonly (readonly string[])[]): readonly WeighedPaper[] {
  const weights = new Map<string, number>();
  for (const own of saves) {
    const weighed = weighBySaving(own);
    const all = weighed.reduce((sum, { weight }) => sum + weight, 0);
    for (const { paperId, weight } of weighed) {
      weights.set(paperId, (weights.get(paperId) ?? 0) + weight / all);
    }
  }
  return [...weights]
    .map(([paperId, weight]) => ({ paperId, weight }))
    .toSorted((a, b) => b.weight - a.weight)
    .slice(0, MOST_EXAMPLES);
}
