import type { Clock, Random } from '../src/calendar/clock.ts';
import type { ListDay } from '../src/calendar/list-day.ts';
import type { DeliveryLedger } from '../src/delivery/delivery-ledger.ts';
import type { DeliveryTransport } from '../src/delivery/delivery-transport.ts';
import type { GatherRoundup } from '../src/digest/roundups/gather-roundup.ts';
import type { Scheduler } from '../src/digest/scheduler.ts';
import type { FormDrafts } from '../src/discord/interactions/edit-again.ts';
import type { ForYouChoices } from '../src/for-you/choices.ts';
import type { MatchForYou } from '../src/for-you/match-for-you.ts';
import type { Citations } from '../src/papers/citations.ts';
import type { PaperArchive } from '../src/papers/paper-archive.ts';
import type { PaperSource } from '../src/papers/paper-source.ts';
import type { SavedPapers } from '../src/papers/saved-papers.ts';
import type { TrendingPapers } from '../src/papers/trending-papers.ts';
import type { ReadingRounds, ReadingTransport } from '../src/reading/reading-rounds.ts';
import type { ReadingStore } from '../src/reading/reading-store.ts';
import type { DestinationStore } from '../src/subscriptions/destination.ts';
import type { FollowStore } from '../src/subscriptions/follow-paper.ts';
import type { Charts } from '../src/topics/chart.ts';
import type { PaperSearch } from '../src/topics/paper-search.ts';
import type { BuiltInTopic } from '../src/topics/topic.ts';
import type { SavedSearches } from '../src/topics/run-search.ts';
import type { SourceSearch } from '../src/topics/source-search.ts';

/** All that commands reach of the rest of the bot. */
export interface CommandContext {
  readonly archive: PaperArchive;
  readonly search: PaperSearch;
  readonly source: PaperSource;
  readonly sourceSearch: SourceSearch;
  readonly trending: TrendingPapers;
  readonly savedPapers: SavedPapers;
  readonly forYouChoices: ForYouChoices;
  readonly readingGroups: ReadingStore;
  readonly readingRounds: Pick<ReadingRounds, 'advance'>;
  readonly readingTransport: ReadingTransport;
  readonly matchForYou: MatchForYou;
  readonly citations: Citations;
  readonly charts: Charts;
  readonly gatherRoundup: GatherRoundup;
  readonly savedSearches: SavedSearches;
  readonly formDrafts: Pick<FormDrafts, 'of' | 'removeOf'>;
  /** The topics that ship with the bot. */
  readonly topics: readonly BuiltInTopic[];
  readonly destinations: DestinationStore;
  readonly follows: FollowStore;
  /** Opens the direct messages with a person. */
  readonly openDm: DeliveryTransport['openDm'];
  readonly deliveries: Pick<DeliveryLedger, 'recordsOf' | 'latestOf' | 'openOf' | 'forget'>;
  /** What people can set off. */
  readonly scheduler: Pick<Scheduler, 'sendSample' | 'settled'>;
  readonly clock: Clock;
  /** How far back older days are collected. */
  readonly archiveSince: ListDay;
  readonly random: Random;
  /** For a destination that is new: minute of the day, IANA zone. */
  readonly defaults: { readonly minute: number; readonly zone: string };
  readonly version: string;
}
