import type { Instant } from '../calendar.ts';
import { createDeadlines, type Deadlines } from './deadlines.ts';
import type { History } from '../history.ts';
import { matchTopic } from './match-topic.ts';
import { collectSightings, type SeenPaper } from './sightings.ts';

export interface AuditContext {
  readonly history: History;
  /** Real: deadlines after it are not looked at. */
  readonly countsUntil: Instant;
  readonly papers: ReadonlyMap<string, SeenPaper>;
  readonly deadlines: Deadlines;
  matches(query: string, paper: SeenPaper, upvotes: number): boolean;
}

/** With `patience` what is due counts from its deadline on, else from its slot on. */
export function createAuditContext(history: History, { patience = true } = {}): AuditContext {
  const known = new Map<string, boolean>();
  return {
    history,
    countsUntil: patience ? history.endedAt : Number.MAX_SAFE_INTEGER,
    papers: collectSightings(history),
    deadlines: createDeadlines(history),
    matches(query, { id, text, names }, upvotes) {
      const key = `${id} ${upvotes} ${query}`;
      const isMatch = known.get(key) ?? matchTopic(query, { text, names, upvotes });
      known.set(key, isMatch);
      return isMatch;
    },
  };
}
