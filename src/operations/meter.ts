/** Values of this moment; undefined where there is none. Seconds, or a number of things. */
export interface MetricFacts {
  readonly version: string;
  readonly servers: number | undefined;
  /** Whether this process sends, answers and writes; where no other can share the work it always does. */
  readonly leader: boolean;
  /** For how long the lease holds if nothing renews it; undefined where there is none. */
  readonly leaseSeconds: number | undefined;
  readonly takeOvers: number | undefined;
  readonly fencedWrites: number | undefined;
  readonly ledgerClockSkewSeconds: number | undefined;
  /** Whether the ledger answers; what it says is undefined if not. */
  readonly ledgerUp: boolean;
  readonly papers: number;
  readonly destinations: number | undefined;
  readonly openDeliveries: number | undefined;
  readonly uncertainSteps: number | undefined;
  /** Nothing is due: 0. */
  readonly oldestDueSeconds: number | undefined;
  readonly lastCollectionAgeSeconds: number | undefined;
  readonly gatewayConnected: boolean;
  readonly shards: number | undefined;
  readonly shardsReady: number;
  readonly sessionStartsLeft: number | undefined;
  readonly requestsWaiting: number;
  readonly restSeconds: number;
  readonly invalidRequests: number;
  readonly discordClockSkewSeconds: number | undefined;
}

export type InteractionOutcome = 'answered' | 'refused' | 'failed';

/** Counts for whoever watches the bot. */
export interface Meter {
  /** `status` 0: no answer came. `rank`: whom the request was for. */
  readonly onRequest: (request: { readonly rank: string; readonly status: number }) => void;
  /** What became of a message, thread or post of a delivery. */
  readonly onSend: (outcome: string) => void;
  readonly onInteraction: (done: {
    readonly kind: string;
    readonly name: string;
    readonly outcome: InteractionOutcome;
    readonly ms: number;
  }) => void;
  /** A transaction of the ledger, from when it has its connection until it is on disk. */
  readonly onWrite: (ms: number) => void;
  readonly contentType: string;
  /** In the text format of Prometheus. */
  read(facts: MetricFacts): Promise<string>;
}

type Measured = Exclude<keyof MetricFacts, 'version'>;

const GAUGES: readonly (readonly [fact: Measured, name: string, help: string])[] = [
  ['servers', 'paperboy_servers', 'Servers that the bot is in, as the gateway told last'],
  ['leader', 'paperboy_leader', '1 in the process that sends, answers and writes'],
  ['leaseSeconds', 'paperboy_lease_seconds', 'For how long this process leads if nothing renews the lease'],
  ['takeOvers', 'paperboy_take_overs', 'How often the lease was taken since the database was made'],
  [
    'fencedWrites',
    'paperboy_fenced_writes',
    'Writes of this process that were refused, as another one leads',
  ],
  [
    'ledgerClockSkewSeconds',
    'paperboy_ledger_clock_skew_seconds',
    "How far this machine's clock is ahead of the database's",
  ],
  ['ledgerUp', 'paperboy_ledger_up', '1 while the ledger answers'],
  ['papers', 'paperboy_papers', 'Papers in the archive'],
  ['destinations', 'paperboy_destinations', 'Channels, threads, forums and people that follow something'],
  ['openDeliveries', 'paperboy_open_deliveries', 'Deliveries that are not closed yet'],
  ['uncertainSteps', 'paperboy_uncertain_steps', 'Messages that were tried and have no known answer'],
  [
    'oldestDueSeconds',
    'paperboy_oldest_due_seconds',
    'How long the oldest digest has been due, of places that can be reached',
  ],
  [
    'lastCollectionAgeSeconds',
    'paperboy_last_collection_age_seconds',
    'Time since the last collection that succeeded began',
  ],
  ['gatewayConnected', 'paperboy_gateway_connected', '1 while all shards are connected to Discord'],
  ['shards', 'paperboy_shards', 'Shards that Discord asks for'],
  ['shardsReady', 'paperboy_shards_ready', 'Shards that are connected'],
  [
    'sessionStartsLeft',
    'paperboy_session_starts_left',
    'Gateway sessions that may still begin today, when Discord was asked last',
  ],
  ['requestsWaiting', 'paperboy_discord_requests_waiting', 'Requests that wait for their turn'],
  [
    'restSeconds',
    'paperboy_discord_rest_seconds',
    'For how long nothing is sent, because Discord asked for it',
  ],
  [
    'invalidRequests',
    'paperboy_discord_invalid_requests',
    'Answers of 401, 403 or 429 in the last ten minutes; at 10,000 Discord shuts an address out',
  ],
  [
    'discordClockSkewSeconds',
    'paperboy_discord_clock_skew_seconds',
    "How far this machine's clock is ahead of Discord's",
  ],
];

const WRITE_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
/** Discord gives three seconds to the first answer. */
const REPLY_BUCKETS = [0.05, 0.1, 0.25, 0.5, 1, 1.5, 3, 10];

/** The library is loaded only here. */
export async function createMeter(): Promise<Meter> {
  const { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } = await import('prom-client');
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const requests = new Counter({
    name: 'paperboy_discord_requests_total',
    help: 'Requests to Discord, by whom they were for and the status of the answer; 0: none came',
    labelNames: ['rank', 'status'],
    registers,
  });
  const sends = new Counter({
    name: 'paperboy_sends_total',
    help: 'Messages, threads and posts of deliveries, by what became of them',
    labelNames: ['outcome'],
    registers,
  });
  const interactions = new Histogram({
    name: 'paperboy_interaction_seconds',
    help: 'Time from an interaction to its answer',
    labelNames: ['kind', 'name', 'outcome'],
    buckets: REPLY_BUCKETS,
    registers,
  });
  const writes = new Histogram({
    name: 'paperboy_ledger_write_seconds',
    help: 'Time that a transaction of the ledger takes',
    buckets: WRITE_BUCKETS,
    registers,
  });
  const info = new Gauge({ name: 'paperboy_info', help: 'The version', labelNames: ['version'], registers });
  const gauges = GAUGES.map(([fact, name, help]) => ({ fact, gauge: new Gauge({ name, help, registers }) }));

  return {
    onRequest: ({ rank, status }) => requests.inc({ rank, status: String(status) }),
    onSend: (outcome) => sends.inc({ outcome }),
    onInteraction: ({ ms, ...labels }) => interactions.observe(labels, ms / 1000),
    onWrite: (ms) => writes.observe(ms / 1000),
    contentType: registry.contentType,
    async read(facts) {
      info.set({ version: facts.version }, 1);
      // Without a value, as 0 would be one.
      for (const { fact, gauge } of gauges) gauge.set(Number(facts[fact] ?? Number.NaN));
      return registry.metrics();
    },
  };
}
