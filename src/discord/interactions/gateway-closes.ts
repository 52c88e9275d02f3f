import { GatewayCloseCodes } from 'discord.js';

const PORTAL = 'https://discord.com/developers/applications';

/**
 * Discord does not take this bot again as it is, and what to do then.
 * https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes
 */
const FATAL: ReadonlyMap<number, string> = new Map([
  [4004, `Discord does not take the token. Copy a new one from ${PORTAL} into DISCORD_TOKEN.`],
  [4010, 'Discord does not know the shard. Start the bot again: it asks Discord how many shards to use.'],
  [
    4011,
    'The bot is in too many servers for its shards. Start it again: it asks Discord how many shards to use.',
  ],
  [4012, 'Discord no longer speaks this version of the gateway. Install a newer version of the bot.'],
  [4013, 'Discord does not know the intents asked for. Install a newer version of the bot.'],
  [4014, `Discord does not grant the intents asked for. Look at the page of the bot at ${PORTAL}.`],
]);

/** What to do about a close code after which no session can begin; undefined for all others. */
export function describeFatalClose(code: number): string | undefined {
  const advice = FATAL.get(code);
  return advice === undefined ? undefined : `${advice} (The gateway closed with ${code}.)`;
}

/** Discord's codes begin at 4000; 1000 and 4200 are what the bot itself sends when it gives up waiting. */
export function describeClose(code: number): string {
  if (code === 1000 || code === 4200) return 'the gateway did not answer in time';
  if (code === 1006) return 'the connection to the gateway broke';
  return `the gateway closed the connection: ${code} ${GatewayCloseCodes[code] ?? ''}`.trim();
}
