import type { Message, ScheduledEvent } from '../../playground/discord/state.ts';
import { type CommandWorld, startCommandWorld } from './command-world.ts';

export interface ReadingWorld extends CommandWorld {
  /** Lets minutes go by, one tick each. */
  minutes(amount: number): Promise<void>;
  /** Thursdays at 18:00 in Berlin, unless told otherwise. */
  meet(options?: Record<string, unknown>): ReturnType<CommandWorld['admin']['run']>;
  /** In that order. */
  nominate(...papers: readonly string[]): Promise<void>;
  /** In the latest poll, by the number of an answer from 1; the member unless told otherwise. */
  vote(answerId: number, userId?: string): void;
  messages(): readonly Message[];
  polls(): readonly Message[];
  events(): readonly ScheduledEvent[];
  /** Messages that say that. */
  saying(text: string): readonly Message[];
}

/** Of a meeting on Thursday 18 June, planned on Tuesday 9 June at noon (UTC). */
export const MEETING = '2026-06-18T16:00:00.000Z';
export const POLL_OPENS = '2026-06-13T16:00Z';
export const POLL_ENDS = '2026-06-15T16:00Z';
export const DAY_BEFORE = '2026-06-17T16:00Z';
export const HOUR_BEFORE = '2026-06-18T15:00Z';
export const MEETING_ENDS = '2026-06-18T17:00Z';

const [FIRST, SECOND, THIRD] = ['2606.00001', '2606.00002', '2606.00003'] as const;
export const PAPERS = [FIRST, SECOND, THIRD] as const;

/** A server on 9 June 2026, a Tuesday, at noon. */
export async function startReadingWorld(): Promise<ReadingWorld> {
  const world = await startCommandWorld();
  const messages = () => world.discord.messagesOf(world.channelId);
  const polls = () => messages().filter(({ poll }) => poll !== undefined);
  return {
    ...world,
    messages,
    polls,
    events: () => world.discord.eventsOf(world.guildId),
    saying: (text) => messages().filter((message) => JSON.stringify(message).includes(text)),
    meet: (options = {}) =>
      world.admin.run('meeting', { day: 'thursday', time: '18:00', timezone: 'Europe/Berlin', ...options }),
    async nominate(...papers) {
      for (const paper of papers) await world.member.run('reading', { nominate: paper });
    },
    vote: (answerId, userId = world.member.id) =>
      world.discord.votePoll(polls().at(-1)?.id ?? '', { userId, answerId }),
    async minutes(amount) {
      for (let minute = 0; minute < amount; minute += 1)
        await world.at(new Date(world.now() + 60_000).toISOString());
    },
  };
}
