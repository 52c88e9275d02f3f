import { Routes } from 'discord.js';
import type { DeliveryTransport, Fatal } from '../../delivery/delivery-transport.ts';
import type { PostTransport } from '../../digest/post.ts';
import { classifyError } from '../rest/classify-error.ts';
import type { DiscordRest } from '../rest/create-rest.ts';
import type { Charts } from '../../topics/chart.ts';
import { drawUpload, mayBeForUpload } from './draw-upload.ts';
import { editPost } from './edit-post.ts';
import { explainLookUp, lookUpStep } from './look-up.ts';
import { lookForPlace, openDm, recognizeRemoval } from './places.ts';
import { Created } from './schema.ts';
import { sendStep } from './send-step.ts';

interface Parts extends Pick<DiscordRest, 'rest' | 'limiter' | 'discordClock'> {
  /** Told what became of each step that was tried. */
  readonly onSend?: ((outcome: string) => void) | undefined;
}

const NO_CHARTS: Pick<Charts, 'draw'> = { draw: () => Promise.resolve(undefined) };

/** Deliveries as messages and posts of a bot, and their edits. */
export function createDiscordTransport(
  parts: Parts,
  charts: Pick<Charts, 'draw'> = NO_CHARTS,
): DeliveryTransport & PostTransport {
  const { rest, limiter, discordClock } = parts;
  let fatal: Fatal | undefined;
  let ownId: Promise<string> | undefined;

  /** A token that was refused is refused again, and refused requests count. */
  async function ask<Answer extends { readonly kind: string }>(
    request: () => Promise<Answer | Fatal>,
  ): Promise<Answer | Fatal> {
    if (fatal !== undefined) return fatal;
    const answer = await request();
    if (isFatal(answer)) fatal = answer;
    return answer;
  }

  /** Asked once, however many look-ups begin at the same time. */
  async function readOwnId(): Promise<string> {
    const asking = (ownId ??= rest.get(Routes.user()).then((user) => Created.parse(user).id));
    try {
      return await asking;
    } catch (error) {
      ownId = undefined;
      throw error;
    }
  }

  return {
    async send(request) {
      const answer = await ask(async () => {
        const { place } = request.delivery;
        const upload = await drawUpload(request.payload, charts);
        const send = async () => {
          const sent = await sendStep(rest, { ...request, upload });
          return upload !== undefined && mayBeForUpload(sent) ? sendStep(rest, request) : sent;
        };
        if (place.kind === 'dm') return limiter.inLane('dm', send).catch(classifyError);
        return recognizeRemoval(rest, place, await send());
      });
      parts.onSend?.(answer.kind);
      return answer;
    },
    lookUp: ({ delivery, step }) =>
      ask(async () => {
        const look = async () => lookUpStep(rest, { delivery, step, authorId: await readOwnId() });
        return recognizeRemoval(rest, delivery.place, await look().catch(explainLookUp));
      }),
    edit: (post, message) => ask(() => editPost(rest, post, message)),
    openDm: (userId, signal) => ask(() => openDm(parts, userId, signal)),
    probe: (place) => ask(async () => recognizeRemoval(rest, place, await lookForPlace(rest, place))),
    async time() {
      if (discordClock.timeNow() === undefined) await rest.get(Routes.gateway()).catch(() => undefined);
      return discordClock.timeNow();
    },
    timeNow: () => discordClock.timeNow(),
  };
}

function isFatal(answer: { readonly kind: string }): answer is Fatal {
  return answer.kind === 'fatal';
}
