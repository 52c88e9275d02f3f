import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Client,
  type ClientUser,
  DiscordjsError,
  DiscordjsErrorCodes,
  type REST,
  type RESTPutAPIApplicationCommandsJSONBody,
  Routes,
} from 'discord.js';
import type { Clock, Random } from '../../calendar/clock.ts';
import type { Log } from '../../log.ts';
import type { Command, Control, Form, FormOpener, MessageCommand } from '../interactions/command.ts';
import type { FormDrafts } from '../interactions/edit-again.ts';
import { createInteractionRouter, type OnInteraction } from '../interactions/interaction-router.ts';
import { createPayloadKeeper } from '../interactions/payload-keeper.ts';
import { RegisteredCommands } from '../interactions/schema.ts';
import type { MakeRequest } from '../rest/make-request.ts';
import { createClient } from './create-client.ts';
import { createSessionOptions, describeFatalClose } from './gateway-sessions.ts';
import type { GatewayWatch } from './gateway-watch.ts';

export interface DiscordClientParts<Context> {
  readonly token: string;
  readonly apiUrl?: string | undefined;
  readonly commands: readonly Command<Context>[];
  readonly messageCommands: readonly MessageCommand<Context>[];
  readonly controls: readonly (Control<Context> | FormOpener<Context>)[];
  readonly forms: readonly Form<Context>[];
  readonly context: Context;
  readonly commandsPerMinute?: number | undefined;
  readonly onInteraction?: OnInteraction | undefined;
  readonly meta: Meta;
  readonly drafts: FormDrafts;
  readonly log: Log;
  readonly clock: Clock;
  readonly random: Random;
  readonly watch: GatewayWatch;
  /** Whether this process answers; another one does otherwise. */
  readonly isAnswering: () => boolean;
  readonly takeTurnToIdentify?: ((kind: number, signal: AbortSignal) => Promise<void>) | undefined;
  /** Ends the start. */
  readonly signal?: AbortSignal | undefined;
  readonly makeRequest?: MakeRequest;
  /** The gateway will not take this bot again; the process should stop. */
  readonly onFatal: (message: string) => void;
}

export interface DiscordClient {
  readonly client: Client;
  readonly botUserId: string;
  readonly applicationId: string;
  readonly name: string;
  /** How many it is in, as far as its first session tells. */
  readonly servers: number | undefined;
  /** Puts the commands to Discord where they changed. Raises what discord.js raises, and `StorageError`. */
  registerCommands(): Promise<void>;
  /** Takes no more interactions, and waits for those being answered. */
  drain(): Promise<void>;
  /** The same, and leaves the gateway. */
  stop(): Promise<void>;
}

/** The gateway is to answer a goodbye within this. */
const LEAVE_WITHIN_MS = 1_000;

/** Logs in, and answers interactions from then on. */
export async function startDiscordClient<Context>(
  parts: DiscordClientParts<Context>,
): Promise<DiscordClient> {
  const { watch } = parts;
  let fatalClose: string | undefined;
  const ws = createSessionOptions({
    ...parts,
    onFatalClose(advice) {
      if (isReady && fatalClose === undefined) parts.onFatal(advice);
      fatalClose = advice;
    },
  });
  let isReady = false;
  const client = createClient({ ...parts, ws });
  const commandIds = new Map<string, string>();
  const route = createInteractionRouter({ ...parts, commandIds, payloads: createPayloadKeeper(client) });
  const running = new Set<Promise<void>>();
  client.on('interactionCreate', (interaction) => {
    if (!parts.isAnswering()) return;
    const task = route(interaction).finally(() => running.delete(task));
    running.add(task);
  });
  try {
    const { id, username } = await logIn(client, parts);
    isReady = true;
    const applicationId = client.application?.id ?? id;
    async function drain(): Promise<void> {
      client.removeAllListeners('interactionCreate');
      await Promise.allSettled(running);
    }
    return {
      client,
      botUserId: id,
      applicationId,
      name: username,
      servers: parts.watch.figures().servers,
      async registerCommands() {
        const data = [...parts.commands, ...parts.messageCommands].map((command) => command.data);
        const registered = await registerCommands(client.rest, applicationId, data, parts.meta);
        for (const [name, commandId] of registered) commandIds.set(name, commandId);
      },
      drain,
      async stop() {
        await drain();
        await leave(client);
      },
    };
  } catch (error) {
    await leave(client);
    const isTokenRefused = error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid;
    const advice = isTokenRefused ? describeFatalClose(4004) : fatalClose;
    if (advice !== undefined) throw new Error(advice, { cause: error });
    watch.lost(error instanceof Error ? error.message : 'Discord cannot be reached');
    throw error;
  }
}

async function logIn(
  client: Client,
  { token, signal }: { readonly token: string; readonly signal?: AbortSignal | undefined },
): Promise<ClientUser> {
  signal?.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<ClientUser>();
  signal?.addEventListener('abort', () => reject(new Error('The start was ended')), { once: true });
  client.once('clientReady', ({ user }) => resolve(user));
  client.once('shardReady', () => readyWithOne(client));
  client.login(token).catch(reject);
  return await promise;
}

/** discord.js would hold interactions back until the last of its shards is there, which may take minutes. */
function readyWithOne(client: Client): void {
  const trigger: unknown = Reflect.get(client.ws, 'triggerClientReady');
  if (typeof trigger === 'function' && !client.isReady()) Reflect.apply(trigger, client.ws, []);
}

/** A gateway that has fallen silent does not hold up the end. */
async function leave(client: Client): Promise<void> {
  await Promise.race([client.destroy(), sleep(LEAVE_WITHIN_MS, undefined, { ref: false })]);
}

/** A few values that are kept between starts. */
interface Meta {
  get(key: string): Promise<string | undefined>;
  set(key: string, value: string): Promise<void>;
}

/** Puts the list of commands to Discord when it differs from what was put last. Answers with the ids, by name. */
async function registerCommands(
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
