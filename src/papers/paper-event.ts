import type { Paper } from './paper.ts';

/** What can come to a paper after it was listed, and is worth telling to those who follow it. */
export type PaperEvent = 'code' | 'model' | 'dataset' | 'space' | 'votes';

export const PAPER_EVENTS: readonly PaperEvent[] = ['code', 'model', 'dataset', 'space', 'votes'];

/** With so many votes a paper is a hit. */
const HIT_VOTES = 100;

/** What has come to a paper until now. */
export function eventsOf({ code, links, upvotes }: Paper): readonly PaperEvent[] {
  const has: Readonly<Record<PaperEvent, boolean>> = {
    code: code !== undefined,
    model: (links?.models.count ?? 0) > 0,
    dataset: (links?.datasets.count ?? 0) > 0,
    space: (links?.spaces.count ?? 0) > 0,
    votes: upvotes >= HIT_VOTES,
  };
  return PAPER_EVENTS.filter((event) => has[event]);
}
