import { createHash } from 'node:crypto';
import { type REST, Routes, type RESTPutAPIApplicationCommandsJSONBody } from 'discord.js';

/** A few values that are kept between starts. */
export interface Meta {
  get(key: string): Promise<string | undefined>;
  set(key: string, value: string): Promise<void>;
}

/** Puts the list of commands to Discord when it differs from what was put last; tells whether it did. */
export async function registerCommands(
  rest: REST,
  applicationId: string,
  commands: RESTPutAPIApplicationCommandsJSONBody,
  meta: Meta,
): Promise<boolean> {
  const key = `commands:${applicationId}`;
  const hash = createHash('sha256').update(JSON.stringify(commands)).digest('hex');
  if ((await meta.get(key)) === hash) return false;
  await rest.put(Routes.applicationCommands(applicationId), { body: commands });
  await meta.set(key, hash);
  return true;
}
