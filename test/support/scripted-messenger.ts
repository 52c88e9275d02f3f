import type { Clock } from '../../src/calendar/clock.ts';
import { type Instant, MINUTE_MS } from '../../src/calendar/zoned-time.ts';
import type { PlannedStep, SendOutcome } from '../../src/digest/delivery.ts';
import type { Digest } from '../../src/digest/digest.ts';
import { destinationId } from '../../src/subscriptions/destination.ts';
import type { Fatal, Messenger, SendRequest, Setback } from '../../src/digest/messenger.ts';

export interface Post {
  readonly destinationId: string;
  readonly at: Instant;
  readonly papers: readonly string[];
  readonly mention: boolean;
  readonly plain: boolean;
  readonly messageId: string;
}

/** `effect: true` when the message is posted all the same, as when only the answer was lost. */
export type Answer = (SendOutcome & { readonly effect?: boolean }) | Promise<SendOutcome>;
type Sight = 'honest' | 'absent' | 'unknown' | 'unanswered' | Fatal;

export interface ScriptedMessenger extends Messenger {
  readonly posts: readonly Post[];
  /** Everything that was rendered. */
  readonly digests: readonly Digest[];
  /** From now on each message has a thread. */
  withThreads(): void;
  readonly attempts: readonly {
    readonly destinationId: string;
    readonly at: Instant;
    readonly plain: boolean;
  }[];
  /** The next answers of a destination, one a send; after them all goes well. */
  answer(destinationId: string, ...answers: readonly Answer[]): void;
  /** What every send to a destination is answered with until it is taken back with undefined. */
  answerAlways(destinationId: string, answer: Answer | undefined): void;
  /** Every probe so far, and how it is answered: as the place itself is, without effect. */
  readonly probes: readonly { readonly destinationId: string; readonly at: Instant }[];
  /** Every opening of direct messages so far, and how the next ones are answered. */
  readonly openings: readonly string[];
  answerOpening(...answers: readonly Setback[]): void;
  /** When steps were looked for so far. */
  readonly searches: readonly Instant[];
  /** How `find` answers: with what is there, or that there is nothing, or that it cannot tell. */
  see(sight: Sight): void;
}

const THREAD: PlannedStep = { kind: 'thread-from-message', payload: 'thread', paperIds: [] };
const NONCE_MEMORY = 3 * MINUTE_MS;

/** A medium that posts up to `perStep` papers a step, and remembers nonces for a few minutes as Discord does. */
export function createScriptedMessenger(
  clock: Clock,
  options: { perStep: number; kind: PlannedStep['kind'] },
): ScriptedMessenger {
  const posts: Post[] = [];
  const attempts: { destinationId: string; at: Instant; plain: boolean }[] = [];
  const known = new Map<string, Post>();
  const queued = new Map<string, Answer[]>();
  const standing = new Map<string, Answer>();
  const probes: { destinationId: string; at: Instant }[] = [];
  const openings: string[] = [];
  const queuedOpenings: Setback[] = [];
  const digests: Digest[] = [];
  const searches: Instant[] = [];
  let hasThreads = false;
  let sight: Sight = 'honest';

  function post(request: SendRequest): Post {
    const { destination, delivery, index, plain } = request;
    const key = `${delivery.id}-${index}`;
    const before = known.get(key);
    const hasNonce = options.kind !== 'forum-post';
    if (hasNonce && before !== undefined && clock.now() - before.at <= NONCE_MEMORY) return before;
    const step = delivery.steps[index];
    const made = {
      destinationId: destination.id,
      at: clock.now(),
      papers: step?.paperIds ?? [],
      mention: step?.mention === true,
      plain,
      messageId: `${key}-${posts.length}`,
    };
    posts.push(made);
    known.set(key, made);
    return made;
  }

  return {
    posts,
    attempts,
    answer: (id, ...answers) => queued.set(id, [...(queued.get(id) ?? []), ...answers]),
    answerAlways: (id, answer) => (answer === undefined ? standing.delete(id) : standing.set(id, answer)),
    probes,
    openings,
    answerOpening: (...answers) => void queuedOpenings.push(...answers),
    searches,
    see: (next) => {
      sight = next;
    },
    digests,
    withThreads: () => {
      hasThreads = true;
    },
    render: (digest) => {
      digests.push(digest);
      const steps = renderSteps(digest, options);
      return hasThreads ? steps.flatMap((step) => [step, THREAD]) : steps;
    },

    async send(request) {
      const { id } = request.destination;
      attempts.push({ destinationId: id, at: clock.now(), plain: request.plain });
      const scripted = queued.get(id)?.shift() ?? standing.get(id);
      if (scripted === undefined) return { kind: 'sent', messageId: post(request).messageId };
      if (!('kind' in scripted)) return scripted;
      const { effect, ...outcome } = scripted;
      if (effect === true) post(request);
      return outcome;
    },

    async open(userId) {
      openings.push(userId);
      return queuedOpenings.shift() ?? { kind: 'opened', channelId: `9${userId}` };
    },

    async probe(place) {
      const id = destinationId(place);
      probes.push({ destinationId: id, at: clock.now() });
      const answer = await standing.get(id);
      return answer === undefined || answer.kind === 'sent' ? { kind: 'there' } : answer;
    },

    async find({ delivery, index }) {
      searches.push(clock.now());
      if (sight !== 'honest') return typeof sight === 'string' ? { kind: sight } : sight;
      const made = known.get(`${delivery.id}-${index}`);
      return made === undefined
        ? { kind: 'absent' }
        : { kind: 'found', messageId: made.messageId, sentAt: made.at };
    },
  };
}

function renderSteps(
  digest: Digest,
  { perStep, kind }: { perStep: number; kind: PlannedStep['kind'] },
): readonly PlannedStep[] {
  const ids = digest.entries.map(({ paper }) => paper.id);
  const shown = digest.destination.rest === 'hide' ? ids.slice(0, digest.destination.max) : ids;
  const steps: PlannedStep[] = [];
  for (let from = 0; from < shown.length; from += perStep) {
    const paperIds = shown.slice(from, from + perStep);
    const mention = digest.mention && from === 0 ? { mention: true as const } : {};
    steps.push({ kind, payload: 'cards', plainPayload: 'plain', paperIds, ...mention });
  }
  return steps;
}
