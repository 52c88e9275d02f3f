import type { Logger } from 'pino';
import type { CommandContext } from '../../commands/context.ts';
import type { Config } from '../../config/schema.ts';
import type { Clock, Random } from '../calendar/clock.ts';
import { createCitations } from '../citations/create-citations.ts';
import type { DeliveryTransport } from '../delivery/delivery-transport.ts';
import type { GatherRoundup } from '../digest/roundups/gather-roundup.ts';
import type { Scheduler } from '../digest/scheduler.ts';
import { labelPick } from '../discord/rendering/paper-texts.ts';
import { createMatchForYou, type MatchForYou } from '../for-you/match-for-you.ts';
import type { PaperSource } from '../papers/paper-source.ts';
import { createTrendingPapers } from '../papers/trending-papers.ts';
import type { ReadingRounds, ReadingTransport } from '../reading/reading-rounds.ts';
import type { SqliteArchive } from '../storage/archive/sqlite-paper-archive.ts';
import type { Ledger } from '../storage/ledger/open-ledger.ts';
import type { Charts } from '../topics/chart.ts';
import type { PaperSearch } from '../topics/paper-search.ts';
import { createSourceSearch } from '../topics/source-search.ts';

export interface ContextParts {
  readonly config: Config;
  readonly version: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly ledger: Ledger;
  readonly opened: SqliteArchive;
  readonly source: PaperSource;
  readonly scheduler: Scheduler;
  readonly transport: DeliveryTransport;
  readonly charts: Charts;
  readonly gatherRoundup: GatherRoundup;
  readonly readingRounds: ReadingRounds;
  readonly reading: ReadingTransport;
}

/** What commands work with. */
export function createContext({
  config,
  version,
  clock,
  random,
  logger,
  ledger,
  opened,
  source,
  scheduler,
  transport,
  charts,
  gatherRoundup,
  readingRounds,
  reading,
}: ContextParts): CommandContext {
  const { archive, search } = opened;
  const { destinations, deliveries, follows, savedPapers, savedSearches, sourceAnswers: answers } = ledger;
  return {
    destinations,
    deliveries,
    follows,
    openDm: transport.openDm,
    savedPapers,
    forYouChoices: ledger.forYouChoices,
    readingGroups: ledger.readingGroups,
    readingRounds,
    readingTransport: reading,
    matchForYou: createForYou(search.pick, { ledger, opened }),
    citations: createCitations(),
    charts,
    gatherRoundup,
    savedSearches,
    formDrafts: ledger.formDrafts,
    archive,
    search,
    source,
    sourceSearch: createSourceSearch({ source, archive, answers, clock, log: logger }),
    trending: createTrendingPapers({ source, archive, clock, log: logger }),
    topics: config.topics,
    scheduler,
    clock,
    archiveSince: config.archiveSince,
    random,
    defaults: { minute: config.defaultMinute, zone: config.defaultZone },
    version,
  };
}

export function createForYou(
  pick: PaperSearch['pick'],
  { ledger, opened: { archive } }: Pick<ContextParts, 'ledger' | 'opened'>,
): MatchForYou {
  const { savedPapers, forYouChoices: choices, deliveries } = ledger;
  return createMatchForYou({
    archive,
    savedPapers,
    choices,
    pick,
    recordsOf: deliveries.recordsOf,
    label: labelPick,
  });
}
