import { createDeadlines, type Deadlines } from './deadlines.ts';
import type { History } from './history.ts';
import { matchTopic } from './match-topic.ts';
import { collectSightings, type SeenPaper } from './sightings.ts';

export interface AuditContext {
  readonly history: History;
  readonly papers: ReadonlyMap<string, SeenPaper>;
  readonly deadlines: Deadlines;
  matches(query: string, paper: SeenPaper, upvotes: number): boolean;
}

export function createAuditContext(history: History, graceMs: number): AuditContext {
  const known = new Map<string, boolean>();
  return {
    history,
    papers: collectSightings(history),
    deadlines: createDeadlines(history, graceMs),
    matches(query, { id, text, names }, upvotes) {
      const key = `${id} ${upvotes} ${query}`;
      const isMatch = known.get(key) ?? matchTopic(query, { text, names, upvotes });
      known.set(key, isMatch);
      return isMatch;
    },
  };
}
