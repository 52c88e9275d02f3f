import { type REST, SnowflakeUtil } from 'discord.js';
import { MINUTE_MS } from '../../calendar/zoned-time.ts';
import type { LookUpAnswer } from '../../delivery/delivery-transport.ts';
import type { Delivery, Step } from '../../delivery/delivery.ts';
import { encodeCustomId } from '../interactions/custom-id.ts';
import { classifyError, lastingCode } from '../rest/classify-error.ts';
import { findMessage } from './find-message.ts';
import { findPost } from './find-post.ts';
import { isOfAnotherShape } from './schema.ts';
import type { Traces } from './traces.ts';

const MISSING_ACCESS = 50_001;

/** Looks for a message or post by the custom ids of its step, back to its first attempt and a minute further. */
export async function lookUpStep(
  rest: REST,
  {
    delivery,
    step,
    authorId,
  }: { readonly delivery: Delivery; readonly step: Step; readonly authorId: string },
): Promise<LookUpAnswer> {
  const mark = `"custom_id":"${encodeCustomId('card', delivery.id, step.n)}:`;
  const traces: Traces = {
    delivery,
    since: (step.firstAttemptAt ?? delivery.plannedAt) - MINUTE_MS,
    authorId,
    isOfStep: ({ author, components }) =>
      author.id === authorId && (JSON.stringify(components) ?? '').includes(mark),
  };
  const found = await (step.kind === 'forum-post' ? findPost : findMessage)(rest, traces);
  if (found.kind !== 'found') return { kind: found.kind };
  return { ...found, sentAt: SnowflakeUtil.timestampFrom(found.messageId) };
}

/**
 * What a look-up that failed says. Only what passes by itself is worth waiting for: a right that is missing, and an
 * answer of another shape, may stay as they are for ever. Raises a `RangeError` again: that is a bug.
 */
export function explainLookUp(error: unknown): LookUpAnswer {
  if (isOfAnotherShape(error)) return { kind: 'unreadable' };
  const why = classifyError(error);
  if (why.kind === 'fatal') return why;
  if (why.kind === 'gone') return { kind: 'gone', code: why.code, message: why.message };
  if (why.kind === 'blocked' && why.code === MISSING_ACCESS) return { ...why, kind: 'blocked' };
  return { kind: lastingCode(error) === undefined ? 'unanswered' : 'unreadable' };
}
