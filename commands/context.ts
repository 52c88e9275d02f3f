import type { Clock, Random } from '../src/calendar/clock.ts';
import type { DailyFlow } from '../src/digest/daily-flow.ts';
import type { DeliveryStore } from '../src/digest/delivery-store.ts';
import type { PaperArchive } from '../src/papers/paper-archive.ts';
import type { PaperSource } from '../src/papers/paper-source.ts';
import type { DestinationStore, SubscriptionStore } from '../src/subscriptions/stores.ts';
import type { MatchTopics } from '../src/topics/match-topics.ts';
import type { BuiltInTopic } from '../src/topics/built-in-topic.ts';
import type { PaperSearch } from '../src/topics/paper-search.ts';
import type { SavedSearches } from '../src/topics/saved-searches.ts';
import type { SourceSearch } from '../src/topics/source-search.ts';

/** All that commands reach of the rest of the bot. */
export interface CommandContext {
  readonly archive: PaperArchive;
  readonly search: PaperSearch;
  readonly matchTopics: MatchTopics;
  readonly source: PaperSource;
  readonly sourceSearch: SourceSearch;
  readonly savedSearches: SavedSearches;
  /** The topics that ship with the bot. */
  readonly topics: readonly BuiltInTopic[];
  readonly destinations: DestinationStore;
  readonly subscriptions: SubscriptionStore;
  readonly deliveries: Pick<DeliveryStore, 'sentPapers' | 'passedOver' | 'forget'>;
  /** The part of the daily flow that people can set off. */
  readonly flow: Pick<DailyFlow, 'sendSample' | 'cancel'>;
  readonly clock: Clock;
  readonly random: Random;
  /** For a destination that is new: minute of the day, IANA zone. */
  readonly defaults: { readonly minute: number; readonly zone: string };
  readonly version: string;
}
