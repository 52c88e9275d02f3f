import type { Instant } from '../src/calendar/zoned-time.ts';
import type { Disturbance, Listing, PostedMessage, Visit } from './audit/history.ts';
import type { Exchange } from './fault-proxy.ts';
import { readListing, readVisit } from './read-listing.ts';

export type Records = ReturnType<typeof createRecords>;

/** What the auditor is told of what went on. */
export function createRecords() {
  const listings: Listing[] = [];
  const visits: Visit[] = [];
  const disturbances: Disturbance[] = [];
  const archiveLostAt: Instant[] = [];
  /** What stood in channels that were deleted. */
  const kept: PostedMessage[] = [];
  const faults = { discord: 0, source: 0 };
  return {
    listings,
    visits,
    archiveLostAt,
    kept,
    faults,
    disturbances,
    disturb(kind: string, channelId?: string): () => void {
      const begun = {
        from: Date.now(),
        to: Infinity,
        kind,
        ...(channelId === undefined ? {} : { channelId }),
      };
      disturbances.push(begun);
      return () => {
        begun.to = Date.now();
      };
    },
    onSource(exchange: Exchange): void {
      const listing = readListing(exchange);
      if (listing !== undefined) listings.push(listing);
      const visit = readVisit(exchange);
      if (visit !== undefined) visits.push(visit);
      if (exchange.fault === undefined) return;
      faults.source += 1;
      disturbances.push({ from: exchange.startedAt, to: exchange.endedAt, kind: 'source' });
    },
    onDiscord({ fault, path: asked, startedAt, endedAt }: Exchange): void {
      if (fault === undefined) return;
      faults.discord += 1;
      const channelId = /\/channels\/(\d+)/.exec(asked)?.[1];
      disturbances.push({
        from: startedAt,
        to: endedAt,
        kind: 'request',
        ...(channelId === undefined ? {} : { channelId }),
      });
    },
  };
}
