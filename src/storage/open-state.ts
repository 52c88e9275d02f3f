import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Clock } from '../calendar/clock.ts';
import type { DeliveryStore } from '../digest/delivery-store.ts';
import { StorageError } from '../errors.ts';
import type { DestinationStore, SubscriptionStore } from '../subscriptions/stores.ts';
import type { SavedSearches } from '../topics/saved-searches.ts';
import type { SourceAnswers } from '../topics/source-search.ts';
import { checkFile } from './check-file.ts';
import { closeAll } from './close-all.ts';
import { createTidying } from './create-tidying.ts';
import { createGroupCommit } from './group-commit.ts';
import { createKeyvDeliveryStore, type KeyvDeliveryStore } from './keyv-delivery-store.ts';
import { createKeyvDestinationStore } from './keyv-destination-store.ts';
import { type KeyvNamespace, openKeyvNamespace } from './keyv-namespace.ts';
import { createRecords, type ReadRecord, type Records, type StateLog } from './keyv-records.ts';
import { createKeyvSavedSearches, type KeyvSavedSearches } from './keyv-saved-searches.ts';
import { createKeyvSourceAnswers, type KeyvSourceAnswers } from './keyv-source-answers.ts';
import { createKeyvSubscriptionStore } from './keyv-subscription-store.ts';
import { lockFile } from './lock-file.ts';
import { stampVersion } from './state-version.ts';
import { upgradeMarks } from './state/sent-marks.ts';
import {
  DeliveryRecord,
  DestinationRecord,
  MetaRecord,
  readWith,
  SearchesRecord,
  SentMarksRecord,
  SourceAnswerRecord,
  SubscriptionsRecord,
} from './state/schema.ts';

/** What people made, and what was done for them. */
export interface State {
  readonly destinations: DestinationStore;
  readonly subscriptions: SubscriptionStore;
  readonly deliveries: DeliveryStore;
  readonly savedSearches: SavedSearches;
  readonly sourceAnswers: SourceAnswers;
  /** A few values that the bot keeps between starts. */
  readonly meta: {
    get(key: string): Promise<string | undefined>;
    set(key: string, value: string): Promise<void>;
  };
  /** Removes, once a day, what is too old to matter; never rejects. */
  tidyIfDue(): Promise<void>;
  close(): Promise<void>;
}

export interface StateOptions {
  /** `sqlite://` and a path. */
  readonly url: string;
  readonly log: StateLog;
  readonly clock: Clock;
}

const SCHEME = 'sqlite://';
const CHECK_TIMEOUT_MS = 5_000;

/** Opens the state and holds it: a second process on the same file gets a `StorageError`. */
export async function openState({ url, log, clock }: StateOptions): Promise<State> {
  const file = prepareFile(url);
  const unlock = lockFile(`${file}.lock`);
  const { driver } = createGroupCommit();
  const opened: KeyvNamespace[] = [];
  const open = (name: string) => {
    const namespace = openKeyvNamespace(file, name, driver);
    opened.push(namespace);
    return namespace;
  };
  const close = () => closeAll([...opened.map((namespace) => () => namespace.close()), unlock]);
  try {
    checkFile(file, CHECK_TIMEOUT_MS);
    stampVersion(file, CHECK_TIMEOUT_MS);
    const stores = await openStores({ open, log, clock });
    const tidied = [stores.deliveries, stores.savedSearches, stores.sourceAnswers];
    const { tidyIfDue, drain } = createTidying({ clock, log, tidy: () => tidyAll(tidied) });
    return { ...stores, tidyIfDue, close: () => drain().then(close) };
  } catch (error) {
    await close().catch(() => undefined);
    throw error;
  }
}

interface Opening {
  readonly open: (name: string) => KeyvNamespace;
  readonly log: StateLog;
  readonly clock: Clock;
}

type Stores = Omit<State, 'close' | 'tidyIfDue'> & {
  readonly deliveries: KeyvDeliveryStore;
  readonly savedSearches: KeyvSavedSearches;
  readonly sourceAnswers: KeyvSourceAnswers;
};

async function tidyAll(stores: readonly { tidy(): Promise<void> }[]): Promise<void> {
  for (const store of stores) await store.tidy();
}

async function openStores({ open, log, clock }: Opening): Promise<Stores> {
  const setAside = open('set_aside');
  const namespaces = {
    destinations: open('destinations'),
    subscriptions: open('subscriptions'),
    plans: open('deliveries'),
    // Named when it held nothing else; open ones stand there too, once something has become of them.
    courses: open('closed_deliveries'),
    sentMarks: open('sent_marks'),
    meta: open('meta'),
    searches: open('searches'),
    sourceAnswers: open('source_answers'),
  };
  const records = <T>(
    name: keyof typeof namespaces,
    read: ReadRecord<T>,
    upgrades: readonly ((value: unknown) => unknown)[] = [],
  ): Records<T> => createRecords({ namespace: namespaces[name], setAside, read, log, upgrades });

  const meta = records('meta', readWith(MetaRecord));
  return {
    destinations: await createKeyvDestinationStore(records('destinations', readWith(DestinationRecord))),
    subscriptions: await createKeyvSubscriptionStore(records('subscriptions', readWith(SubscriptionsRecord))),
    deliveries: await createKeyvDeliveryStore(
      {
        plans: records('plans', readWith(DeliveryRecord)),
        courses: records('courses', readWith(DeliveryRecord)),
        sentMarks: records('sentMarks', readWith(SentMarksRecord), [upgradeMarks]),
      },
      clock,
    ),
    savedSearches: createKeyvSavedSearches(records('searches', readWith(SearchesRecord)), clock),
    sourceAnswers: createKeyvSourceAnswers(records('sourceAnswers', readWith(SourceAnswerRecord)), clock),
    meta,
  };
}

/** The path in the address of a state, absolute. */
export function stateFile(url: string): string {
  if (!url.startsWith(SCHEME) || url.length === SCHEME.length) {
    throw new StorageError(`The state needs an address such as ${SCHEME}data/paperboy.sqlite.`);
  }
  return path.resolve(url.slice(SCHEME.length));
}

function prepareFile(url: string): string {
  const file = stateFile(url);
  try {
    mkdirSync(path.dirname(file), { recursive: true });
  } catch (error) {
    throw new StorageError(`The folder of the state ${file} could not be made.`, error);
  }
  return file;
}
