import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, DiscordjsError, DiscordjsErrorCodes } from 'discord.js';
import type { Clock, Random } from '../../calendar/clock.ts';
import type { Command, Control, MessageCommand } from './command.ts';
import { createClient, type Log, type MakeRequest } from './create-client.ts';
import { describeFatalClose } from './gateway-closes.ts';
import { createSessionOptions } from './gateway-sessions.ts';
import type { GatewayWatch } from './gateway-watch.ts';
import { createInteractionRouter } from './interaction-router.ts';
import { type Meta, registerCommands } from './register-commands.ts';
import { createPayloadKeeper } from './payload-keeper.ts';

export interface DiscordClientParts<Context> {
  readonly token: string;
  readonly apiUrl?: string | undefined;
  readonly commands: readonly Command<Context>[];
  readonly messageCommands: readonly MessageCommand<Context>[];
  readonly controls: readonly Control<Context>[];
  readonly context: Context;
  readonly commandsPerMinute?: number | undefined;
  readonly meta: Meta;
  readonly log: Log;
  readonly clock: Clock;
  readonly random: Random;
  readonly watch: GatewayWatch;
  /** Ends the start. */
  readonly signal?: AbortSignal | undefined;
  readonly makeRequest?: MakeRequest;
  /** The gateway will not take this bot again; the process should stop. */
  readonly onFatal: (message: string) => void;
}

export interface DiscordClient {
  readonly client: Client;
  readonly botUserId: string;
  /** Takes no more interactions, waits for those being answered, and leaves the gateway. */
  stop(): Promise<void>;
}

/** The gateway is to answer a goodbye within this. */
const LEAVE_WITHIN_MS = 1_000;

/** Logs in, registers the commands when they changed, and answers interactions from then on. */
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
    const task = route(interaction).finally(() => running.delete(task));
    running.add(task);
  });
  try {
    const { id } = await logIn(client, parts);
    isReady = true;
    const registered = await registerCommands(
      client.rest,
      client.application?.id ?? id,
      [...parts.commands, ...parts.messageCommands].map((command) => command.data),
      parts.meta,
    );
    for (const [name, commandId] of registered) commandIds.set(name, commandId);
    return {
      client,
      botUserId: id,
      async stop() {
        client.removeAllListeners('interactionCreate');
        await Promise.allSettled(running);
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
): Promise<{ readonly id: string }> {
  signal?.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<{ readonly id: string }>();
  signal?.addEventListener('abort', () => reject(new Error('The start was ended')), { once: true });
  client.once('clientReady', ({ user }) => resolve({ id: user.id }));
  client.login(token).catch(reject);
  return await promise;
}

/** A gateway that has fallen silent does not hold up the end. */
async function leave(client: Client): Promise<void> {
  await Promise.race([client.destroy(), sleep(LEAVE_WITHIN_MS, undefined, { ref: false })]);
}
