import { type Instant, MINUTE_MS } from '../../src/calendar/zoned-time.ts';
import type { Clock } from '../../src/calendar/clock.ts';
import type { PlannedStep } from '../../src/delivery/delivery.ts';
import type {
  Barred,
  DeliveryTransport,
  Failed,
  Fatal,
  LookUpAnswer,
  SendAnswer,
  SendRequest,
} from '../../src/delivery/delivery-transport.ts';
import type { Digest } from '../../src/digest/choose.ts';
import { destinationId } from '../../src/subscriptions/destination.ts';

export interface Post {
  readonly destinationId: string;
  readonly deliveryId: string;
  readonly n: number;
  readonly at: Instant;
  readonly papers: readonly string[];
  readonly role: string | undefined;
  readonly form: 'rich' | 'plain';
  readonly messageId: string;
}

/** `effect`: what is sent gets there all the same, at once or after so many ms. */
export type Answer = SendAnswer & { readonly effect?: boolean | number };
type Sight = 'honest' | Exclude<LookUpAnswer, { kind: 'found' }>;

export interface ScriptedTransport extends DeliveryTransport {
  readonly posts: readonly Post[];
  readonly threads: readonly { readonly messageId: string }[];
  readonly attempts: readonly {
    readonly destinationId: string;
    readonly at: Instant;
    readonly form: string;
  }[];
  readonly probes: readonly { readonly destinationId: string; readonly at: Instant }[];
  readonly openings: readonly string[];
  readonly lookUps: readonly Instant[];
  /** The next answers to a destination, one a send; after them all goes well. */
  answer(destinationId: string, ...answers: readonly (Answer | Promise<Answer>)[]): void;
  /** Every send, look-up and probe of a place is answered so, until it is taken back with undefined. */
  answerAlways(destinationId: string, answer: Answer | undefined): void;
  /** Answers that were not asked for yet are dropped. */
  clearAnswers(): void;
  answerOpening(...answers: readonly (Barred | Failed | Fatal)[]): void;
  /** Discord refuses what shows this paper: as cards, or in every form. */
  refusePaper(paperId: string, form: 'rich' | 'always', code?: number): void;
  /** Takes such a refusal back. */
  acceptPaper(paperId: string): void;
  /** How look-ups are answered: with what is there, or with this. */
  see(sight: Sight): void;
  /** A moderator deletes a message. */
  remove(messageId: string): void;
  /** How far Discord's clock is ahead of the machine's, in ms. */
  setAhead(ms: number): void;
}

export interface Layout {
  /** Papers in a step. */
  readonly perStep: number;
  readonly kind: Exclude<PlannedStep['kind'], 'thread'>;
  readonly threads?: boolean;
}

const NONCE_MEMORY_MS = 3 * MINUTE_MS;

/** A Discord that remembers nonces for a few minutes, and answers as it is told to. */
export function createScriptedTransport(clock: Clock): ScriptedTransport {
  const posts: Post[] = [];
  const removed = new Set<string>();
  const threads: { messageId: string }[] = [];
  const attempts: { destinationId: string; at: Instant; form: string }[] = [];
  const probes: { destinationId: string; at: Instant }[] = [];
  const openings: string[] = [];
  const lookUps: Instant[] = [];
  const queued = new Map<string, (Answer | Promise<Answer>)[]>();
  const standing = new Map<string, Answer>();
  const queuedOpenings: (Barred | Failed | Fatal)[] = [];
  const poison = new Map<string, { readonly form: 'rich' | 'always'; readonly code: number }>();
  let sight: Sight = 'honest';
  let ahead = 0;
  const discordNow = () => clock.now() + ahead;

  function land(request: SendRequest): SendAnswer {
    const { delivery, step, role } = request;
    if (step.kind === 'thread') {
      const messageId = request.parentMessageId ?? '';
      threads.push({ messageId });
      return { kind: 'sent', messageId };
    }
    const known = posts.findLast((post) => post.deliveryId === delivery.id && post.n === step.n);
    const isRemembered = known !== undefined && discordNow() - known.at <= NONCE_MEMORY_MS;
    if (step.kind === 'message' && isRemembered) {
      if (removed.has(known.messageId)) return { kind: 'sent-and-deleted' };
      return { kind: 'sent', messageId: known.messageId };
    }
    for (const paper of step.papers) {
      const refusal = poison.get(paper);
      if (refusal !== undefined && (refusal.form === 'always' || step.form === 'rich')) {
        return { kind: 'content', code: refusal.code, message: 'refused' };
      }
    }
    const messageId = `m${posts.length}`;
    const { destinationId: id } = delivery;
    const post = { destinationId: id, deliveryId: delivery.id, n: step.n, at: discordNow(), role, messageId };
    posts.push({ ...post, papers: step.papers, form: step.form });
    return { kind: 'sent', messageId };
  }

  async function landLater(request: SendRequest, ms: number): Promise<void> {
    await clock.sleep(ms);
    land(request);
  }

  return {
    posts,
    threads,
    attempts,
    probes,
    openings,
    lookUps,
    answer: (id, ...answers) => queued.set(id, [...(queued.get(id) ?? []), ...answers]),
    answerAlways: (id, answer) => (answer === undefined ? standing.delete(id) : standing.set(id, answer)),
    clearAnswers: () => {
      queued.clear();
      standing.clear();
      queuedOpenings.length = 0;
    },
    answerOpening: (...answers) => void queuedOpenings.push(...answers),
    refusePaper: (paperId, form, code = 50_035) => poison.set(paperId, { form, code }),
    acceptPaper: (paperId) => poison.delete(paperId),
    see: (next) => {
      sight = next;
    },
    remove: (messageId) => removed.add(messageId),
    setAhead: (ms) => {
      ahead = ms;
    },

    async send(request) {
      if (!request.mayLeave()) return { kind: 'held-back' };
      const { destinationId: id } = request.delivery;
      attempts.push({ destinationId: id, at: clock.now(), form: request.step.form });
      const scripted = await (queued.get(id)?.shift() ?? standing.get(id));
      if (scripted === undefined) return land(request);
      const { effect = false, ...answer } = scripted;
      if (effect === true) {
        const landed = land(request);
        return answer.kind === 'sent' ? landed : answer;
      }
      if (typeof effect === 'number') void landLater(request, effect);
      return answer;
    },

    async lookUp({ delivery, step }) {
      lookUps.push(clock.now());
      const barred = standing.get(delivery.destinationId);
      if (barred?.kind === 'blocked' || barred?.kind === 'gone') return { ...barred, kind: barred.kind };
      if (sight !== 'honest') return sight;
      const since = (step.firstAttemptAt ?? 0) - MINUTE_MS;
      const found = posts.find(
        (post) =>
          post.deliveryId === delivery.id &&
          post.n === step.n &&
          post.at >= since &&
          !removed.has(post.messageId),
      );
      if (found === undefined) return { kind: 'absent' };
      return { kind: 'found', messageId: found.messageId, sentAt: found.at };
    },

    async openDm(userId) {
      openings.push(userId);
      return queuedOpenings.shift() ?? { kind: 'opened', channelId: `9${userId}` };
    },

    async probe(place) {
      const id = destinationId(place);
      probes.push({ destinationId: id, at: clock.now() });
      const answer = standing.get(id);
      if (answer?.kind === 'blocked' || answer?.kind === 'gone' || answer?.kind === 'dms-closed')
        return answer;
      if (answer?.kind === 'failed' || answer?.kind === 'fatal') return answer;
      return answer?.kind === 'unclear' ? { kind: 'failed', message: answer.message } : { kind: 'there' };
    },

    time: async () => ({ earliest: discordNow(), latest: discordNow() + 1_000 }),
    timeNow: () => ({ earliest: discordNow(), latest: discordNow() + 1_000 }),
  };
}

/** The steps of a digest: so many papers each, every message with a thread where that is asked for. */
export function layOut({ destination, entries }: Digest, layout: Layout): readonly PlannedStep[] {
  const ids = entries.map(({ paper }) => paper.id);
  const shown = destination.overflow === 'hide' ? ids.slice(0, destination.max) : ids;
  const steps: PlannedStep[] = [];
  for (let from = 0; from < shown.length; from += layout.perStep) {
    const n = steps.length;
    const papers = shown.slice(from, from + layout.perStep);
    steps.push({ n, kind: layout.kind, form: 'rich', view: 'cards', papers });
    if (layout.threads) {
      steps.push({ n: n + 1, kind: 'thread', form: 'plain', threadOf: n, view: 'thread', papers: [] });
    }
  }
  return steps;
}
