import { type Client, DiscordjsError, DiscordjsErrorCodes, Status } from 'discord.js';
import type { Command, Control, MessageCommand } from './command.ts';
import { createClient, type Log, type MakeRequest } from './create-client.ts';
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
  readonly meta: Meta;
  readonly log: Log;
  readonly makeRequest?: MakeRequest;
  /** The gateway will not take this bot again; the process should stop. */
  readonly onFatal: (message: string) => void;
}

export interface DiscordClient {
  readonly client: Client;
  readonly botUserId: string;
  /** Whether the gateway would bring an interaction at this moment. */
  isConnected(): boolean;
  /** Takes no more interactions, waits for those being answered, and leaves the gateway. */
  stop(): Promise<void>;
}

/**
 * Authentication failed, invalid shard, sharding required, invalid version, invalid and disallowed intents.
 * https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes
 */
const FATAL_CLOSES: ReadonlySet<number> = new Set([4004, 4010, 4011, 4012, 4013, 4014]);

const TOKEN_REFUSED =
  'Discord does not take the token. Copy a new one from https://discord.com/developers/applications into DISCORD_TOKEN.';

/** Logs in, registers the commands when they changed, and answers interactions from then on. */
export async function startDiscordClient<Context>(
  parts: DiscordClientParts<Context>,
): Promise<DiscordClient> {
  const { token, apiUrl, log } = parts;
  const client = createClient(apiUrl, log, parts.makeRequest);
  const route = createInteractionRouter({ ...parts, payloads: createPayloadKeeper(client) });
  const running = new Set<Promise<void>>();
  client.on('interactionCreate', (interaction) => {
    const task = route(interaction).finally(() => running.delete(task));
    running.add(task);
  });
  try {
    const { id } = await logIn(client, token);
    client.on('shardDisconnect', ({ code }) => {
      if (FATAL_CLOSES.has(code)) parts.onFatal(`The gateway closed for good with ${code}; check the token.`);
    });
    await registerCommands(
      client.rest,
      client.application?.id ?? id,
      [...parts.commands, ...parts.messageCommands].map((command) => command.data),
      parts.meta,
    );
    return {
      client,
      botUserId: id,
      isConnected: () =>
        client.ws.shards.size > 0 && client.ws.shards.every(({ status }) => status === Status.Ready),
      async stop() {
        client.removeAllListeners('interactionCreate');
        await Promise.allSettled(running);
        await client.destroy();
      },
    };
  } catch (error) {
    await client.destroy();
    if (error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid) {
      throw new Error(TOKEN_REFUSED, { cause: error });
    }
    throw error;
  }
}

async function logIn(client: Client, token: string): Promise<{ readonly id: string }> {
  const ready = new Promise<{ readonly id: string }>((resolve) => {
    client.once('clientReady', ({ user }) => resolve({ id: user.id }));
  });
  await client.login(token);
  return await ready;
}
