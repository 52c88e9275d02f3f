import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type DiscordStandIn, startDiscord } from '../playground/discord/server.ts';
import { startHuggingFace } from '../playground/hugging-face/server.ts';
import type { Figure } from './figure.ts';
import { report, startTwice } from './startup.ts';

const GUILDS = 2_500;
const CHANNELS = 40;
const ROLES = 25;
const EMOJIS = 30;

/** How long the bot takes to be ready in many large servers, and the memory it then holds, beside a plain client. */
export async function measureGateway(): Promise<readonly Figure[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'paperboy-bench-'));
  const discord = await startDiscord();
  const papers = await startHuggingFace({ days: new Map() });
  try {
    fillGuilds(discord);
    const login = { DISCORD_TOKEN: discord.token, DISCORD_API_URL: `${discord.url}/api` };
    const bot = await startTwice('src/main.ts', {
      ...login,
      HF_ENDPOINT: papers.url,
      DATABASE_URL: `sqlite://${path.join(folder, 'paperboy.sqlite')}`,
      ARCHIVE_PATH: path.join(folder, 'archive.sqlite'),
    });
    const plain = await startTwice('bench/plain-client.ts', login);
    return [...report('gateway_', bot), ...report('plain.gateway_', plain)];
  } finally {
    await papers.close();
    await discord.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function fillGuilds(discord: DiscordStandIn): void {
  for (let index = 0; index < GUILDS; index += 1) {
    const guild = discord.addGuild(`Server ${index}`);
    const { id, ...role } = guild.roles[0] ?? discord.addRole(guild.id, 'Member');
    while (guild.roles.length < ROLES) {
      guild.roles.push({ ...role, id: nextTo(id, guild.roles.length), name: `Role ${guild.roles.length}` });
    }
    guild.emojis = Array.from({ length: EMOJIS }, (_, at) => ({
      id: nextTo(id, 100 + at),
      name: `emoji_${at}`,
      animated: false,
      roles: [],
    }));
  }
  for (const { id } of Object.values(discord.state.guilds)) {
    for (let index = 0; index < CHANNELS; index += 1) discord.addChannel(id, `channel-${index}`);
  }
}

/** An id that nothing else has: those of the stand-in grow by one, and leave the high digits alone. */
function nextTo(id: string, offset: number): string {
  return String(BigInt(id) + BigInt(offset) * 10n ** 12n);
}
