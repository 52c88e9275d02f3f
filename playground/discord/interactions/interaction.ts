import { randomUUID } from 'node:crypto';
import type { Channel, Message } from '../state.ts';
import type { OpenModal } from './modals.ts';
import type { World } from '../world.ts';

export const ANSWER_MS = 3000;
export const EPHEMERAL = 64;
export const LOADING = 128;
/** https://discord.com/developers/docs/interactions/receiving-and-responding#followup-messages */
const PERSONAL_FOLLOW_UPS = 5;

/** What a person sees of an answer. */
export interface Reply {
  message?: Message;
  ephemeral: boolean;
  choices?: unknown[];
  /** A form that opened before the person. */
  form?: Pick<OpenModal, 'id' | 'modal'>;
}
export interface Interaction {
  readonly id: string;
  readonly token: string;
  readonly userId: string;
  readonly channel: Channel;
  readonly createdAt: number;
  readonly type: number;
  /** Answers are for the person alone, whatever the bot says. */
  readonly isPrivate: boolean;
  /** The message whose control was used. */
  readonly source: Message | undefined;
  readonly reply: Promise<Reply>;
  original?: Message;
  answered: boolean;
  expired: boolean;
  followUpsLeft: number;
  /** The bot answered, if only to say that it thinks. */
  acknowledge(): void;
  expire(): void;
  settle(reply: Reply): void;
}

export function createInteraction(
  world: World,
  begun: Pick<Interaction, 'userId' | 'channel' | 'type' | 'isPrivate' | 'source'> & {
    readonly isPersonal: boolean;
  },
): Interaction {
  const { promise, resolve, reject } = Promise.withResolvers<Reply>();
  const { isPersonal, ...rest } = begun;
  const interaction: Interaction = {
    ...rest,
    id: world.nextId(),
    token: randomUUID(),
    createdAt: world.now(),
    reply: promise,
    answered: false,
    expired: false,
    followUpsLeft: isPersonal ? PERSONAL_FOLLOW_UPS : Infinity,
    acknowledge: () => clearTimeout(deadline),
    expire() {
      clearTimeout(deadline);
      interaction.expired = true;
      reject(new Error('The application did not respond within 3 seconds'));
    },
    settle(reply) {
      clearTimeout(deadline);
      resolve(structuredClone(reply));
    },
  };
  const deadline = setTimeout(() => interaction.expire(), ANSWER_MS);
  return interaction;
}
