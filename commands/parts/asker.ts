import type { BaseInteraction } from 'discord.js';
import type { Asker } from '../../src/topics/source-shares.ts';

/** On whose behalf Hugging Face's search is asked. */
export function askerOf({ user, guildId }: Pick<BaseInteraction, 'user' | 'guildId'>): Asker {
  return { userId: user.id, guildId: guildId ?? undefined };
}
