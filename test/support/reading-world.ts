import type { Message, ScheduledEvent } from '../../playground/discord/state.ts';
import { type CommandWorld, startCommandWorld } from './command-world.ts';

export interface ReadingWorld extends CommandWorld {
  /** Lets minutes go by, one tick each, up to an instant. */
  readonly minutes: (amount: number) => Promise<void>;
  readonly messages: () => readonly Message[];
  readonly polls: () => readonly Message[];
  readonly events: () => readonly ScheduledEvent[];
  /** Messages whose text says that. */
  readonly saying: (text: string) => readonly Message[];
}

/** A server on 9 June 2026, a Tuesday, at noon (UTC). */
export async function startReadingWorld(): Promise<ReadingWorld> {
  return watchReading(await startCommandWorld());
}

export function watchReading(world: CommandWorld): ReadingWorld {
  const messages = () => world.discord.messagesOf(world.channelId);
  return {
    ...world,
    messages,
    polls: () => messages().filter(({ poll }) => poll !== undefined),
    events: () => world.discord.eventsOf(world.guildId),
    saying: (text) => messages().filter((message) => JSON.stringify(message).includes(text)),
    async minutes(amount) {
      for (let minute = 0; minute < amount; minute += 1)
        await world.at(new Date(world.now() + 60_000).toISOString());
    },
  };
}
