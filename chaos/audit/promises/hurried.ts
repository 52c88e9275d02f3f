import { HOUR_MS, type Instant } from '../calendar.ts';
import type { Evidence } from '../evidence/evidence.ts';
import type { AskedDiscord, Disturbance, Life } from '../history.ts';
import type { Complaint, Promise } from '../promise.ts';

/** Real: a process that has just begun to send knows nothing of what the one before it has used up. */
const NEW_MS = 15_000;
/** Real: what was on its way when the answer came, and how exact waits are. */
const ON_ITS_WAY_MS = 250;
/** Real: what was asked before a place is open again may be answered by then. */
const SETTLED_MS = 2_000;
/** How often a place that refuses is asked at once, for digests, news and what was uncertain, and then each hour. */
const ASKED_AT_ONCE = 6;
const ASKED_EACH_HOUR = 3;
const FORBIDDEN = 403;
const TOO_MANY = 429;

export const HURRIED: Promise = {
  figure: 'hurried',
  sentence:
    'The bot stays within the limits of Discord, waits for as long as it is told to, and leaves a place that refuses alone.',
  check: (evidence) => [
    ...findOverLimit(evidence),
    ...findImpatient(evidence),
    ...evidence.history.disturbances.flatMap((one) => findNagging(evidence, one)),
  ],
};

function findOverLimit({ history: { requests, lives } }: Evidence): readonly Complaint[] {
  return requests
    .filter(({ status, isSpoilt }) => status === TOO_MANY && !isSpoilt)
    .filter(({ at }) => listBeginnings(lives).every((begunAt) => at < begunAt || at > begunAt + NEW_MS))
    .map(({ method, path }) => ({ about: `${method} ${path} was one request too many` }));
}

/** Who was told to wait asks for the same no sooner, or for nothing where everything has to wait. */
function findImpatient({ history: { requests, lives } }: Evidence): readonly Complaint[] {
  const refused = requests.filter(({ retryAfterMs }) => retryAfterMs !== undefined);
  return refused.flatMap(({ endedAt, retryAfterMs = 0, isGlobal, ...told }) => {
    const until = endedAt + retryAfterMs - ON_ITS_WAY_MS;
    const isSame = (one: AskedDiscord) =>
      one.replica === told.replica && (isGlobal || routeOf(one) === routeOf(told));
    const soon = requests.find(
      (one) => one.at > endedAt + ON_ITS_WAY_MS && one.at < until && isSame(one) && !isExempt(one),
    );
    const isNew = listBeginnings(lives).some((begunAt) => begunAt > told.at && begunAt < (soon?.at ?? 0));
    return soon === undefined || isNew
      ? []
      : [{ about: `${soon.method} ${soon.path} after ${soon.at - endedAt} of ${retryAfterMs} ms` }];
  });
}

/** When each process started, and when it began to lead. */
function listBeginnings(lives: readonly Life[]): readonly Instant[] {
  return lives.flatMap(({ startedAt, leadsFrom = startedAt }) => [startedAt, leadsFrom]);
}

/** Channels have limits of their own, whatever the message. */
function routeOf({ method, path }: Pick<AskedDiscord, 'method' | 'path'>): string {
  const [plain = ''] = path.split('?');
  return `${method} ${plain.replace(/(\/(?:messages|threads)\/)\d+/u, '$1')}`;
}

/** https://docs.discord.com/developers/topics/rate-limits#global-rate-limit */
function isExempt({ path }: AskedDiscord): boolean {
  return /\/(?:interactions|webhooks)\//u.test(path);
}

function findNagging(
  { history: { requests, timeline, endedAt } }: Evidence,
  { kind, channelId, from, to }: Disturbance,
): readonly Complaint[] {
  if (kind !== 'permission' || channelId === undefined) return [];
  const until = Math.min(to, endedAt);
  const asked = requests.filter(
    ({ at, method, path, status }) =>
      status === FORBIDDEN &&
      method !== 'PATCH' &&
      path.includes(`/channels/${channelId}/`) &&
      at >= from &&
      at <= until + SETTLED_MS,
  );
  const hours = (timeline.virtualAt(until) - timeline.virtualAt(from)) / HOUR_MS;
  return asked.length > ASKED_AT_ONCE + ASKED_EACH_HOUR * hours
    ? [
        {
          channelId,
          about: `asked ${asked.length} times in ${hours.toFixed(1)} hours, and refused each time`,
        },
      ]
    : [];
}
