import { createHash } from 'node:crypto';
import { type REST, Routes, type RESTPutAPIApplicationCommandsJSONBody } from 'discord.js';
import { RegisteredCommands } from './registered-commands-schema.ts';

/** A few values that are kept between starts. */
export interface Meta {
  get(key: string): Promise<string | undefined>;
  set(key: string, value: string): Promise<void>;
}

/** Puts the list of commands to Discord when it differs from what was put last. Answers with the ids, by name. */
export async function registerCommands(
  rest: REST,
  applicationId: string,
  commands: RESTPutAPIApplicationCommandsJSONBody,
  meta: Meta,
): Promise<ReadonlyMap<string, string>> {
  const route = Routes.applicationCommands(applicationId);
  const key = `commands:${applicationId}`;
  const hash = createHash('sha256').update(JSON.stringify(commands)).digest('hex');
  const isKnown = (await meta.get(key)) === hash;
  const answer = isKnown ? await rest.get(route) : await rest.put(route, { body: commands });
  if (!isKnown) await meta.set(key, hash);
  return new Map(RegisteredCommands.parse(answer).map(({ name, id }) => [name, id]));
}
