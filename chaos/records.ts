import type { Instant } from '../src/calendar/zoned-time.ts';
import type {
  AskedDiscord,
  Disturbance,
  Listing,
  OfReplica,
  Refusal,
  Visit,
  Write,
} from './audit/history.ts';
import type { PostedMessage } from './audit/shown.ts';
import type { Exchange } from './bot/fault-proxy.ts';
import { readAsked } from './readers/read-asked.ts';
import { readListing, readVisit } from './readers/read-listing.ts';

export type Records = ReturnType<typeof createRecords>;

/** Refusals for what a message says: https://docs.discord.com/developers/topics/opcodes-and-status-codes#json */
const CONTENT_CODES = new Set([50_035, 200_000, 200_001, 240_000]);
/** Real: each of its papers is sent alone then, and Discord takes five messages in five seconds. */
const SENT_ALONE_MS = 40_000;

/** What the auditor is told of what went on. */
export function createRecords() {
  const listings: Listing[] = [];
  const visits: Visit[] = [];
  const disturbances: Disturbance[] = [];
  const refusals: Refusal[] = [];
  const requests: AskedDiscord[] = [];
  const archiveLostAt: Instant[] = [];
  const archiveEmptiedAt: Instant[] = [];
  const writes: Write[] = [];
  /** What stood in channels that were deleted. */
  const kept: PostedMessage[] = [];
  /** How often Discord refused something, by its code. */
  const codes = new Map<number, number>();
  const faults = { discord: 0, source: 0 };
  return {
    listings,
    visits,
    archiveLostAt,
    archiveEmptiedAt,
    writes,
    kept,
    faults,
    disturbances,
    refusals,
    requests,
    noteArchiveLost(left?: 'older file'): void {
      archiveLostAt.push(Date.now());
      if (left === undefined) archiveEmptiedAt.push(Date.now());
    },
    countRefusals: (code: number) => codes.get(code) ?? 0,
    refusePaper(paperId: string, channelId?: string): () => void {
      const begun = {
        from: Date.now(),
        to: Infinity,
        paperId,
        ...(channelId === undefined ? {} : { channelId }),
      };
      refusals.push(begun);
      return () => {
        begun.to = Date.now();
      };
    },
    disturb(kind: string, channelId?: string, about: Pick<Disturbance, 'aheadMs'> = {}): () => void {
      const begun = {
        from: Date.now(),
        to: Infinity,
        kind,
        ...about,
        ...(channelId === undefined ? {} : { channelId }),
      };
      disturbances.push(begun);
      return () => {
        begun.to = Date.now();
      };
    },
    onSource(exchange: Exchange, of: OfReplica): void {
      const listing = readListing(exchange);
      if (listing !== undefined) listings.push({ ...listing, ...of });
      const visit = readVisit(exchange);
      if (visit !== undefined) visits.push(visit);
      if (exchange.fault === undefined) return;
      faults.source += 1;
      disturbances.push({ from: exchange.startedAt, to: exchange.endedAt, kind: 'source' });
    },
    onDiscord(exchange: Exchange, of: OfReplica): void {
      const { fault, path: asked, answer, startedAt, endedAt } = exchange;
      requests.push({ ...readAsked(exchange), ...of });
      const code = readCode(answer);
      const channelId = /\/channels\/(\d+)/.exec(asked)?.[1];
      if (code !== undefined) codes.set(code, (codes.get(code) ?? 0) + 1);
      if (code !== undefined && channelId !== undefined && CONTENT_CODES.has(code)) {
        disturbances.push({ from: startedAt, to: endedAt + SENT_ALONE_MS, kind: 'content', channelId });
      }
      if (fault === undefined) return;
      faults.discord += 1;
      disturbances.push({
        from: startedAt,
        to: endedAt,
        kind: 'request',
        ...(channelId === undefined ? {} : { channelId }),
      });
    },
  };
}

/** Discord's code for a refusal; undefined for all other answers. */
function readCode(answer: Exchange['answer']): number | undefined {
  if (answer === undefined || answer.status < 400) return undefined;
  const code = /"code":(\d+)/.exec(answer.body)?.[1];
  return code === undefined ? undefined : Number(code);
}
