import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DiscordStandIn, startDiscord } from '../../playground/discord/server.ts';

const WRONG_TOKEN = 'MTk4NjIyNDgzNDcx.wrong.discord-token-of-a-test';
const HF_TOKEN = 'hf_tokenOfATestThatNobodyMaySee';
/** Nothing listens there. */
const NOWHERE = 'http://127.0.0.1:1';

/** The bot as a process, at its most talkative, when outside things refuse it. */
describe('no token is ever printed', { timeout: 60_000 }, () => {
  let folder: string;
  let discord: DiscordStandIn;
  let refusing: Server;
  let refusingUrl: string;

  beforeEach(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'paperboy-'));
    discord = await startDiscord();
    refusing = createServer(({ headers }, response) => {
      response.writeHead(401, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ error: `not good: ${headers.authorization ?? ''}` }));
    });
    refusing.listen(0, '127.0.0.1');
    await once(refusing, 'listening');
    const address = refusing.address();
    refusingUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  });

  afterEach(async () => {
    refusing.close();
    await discord.close();
    rmSync(folder, { recursive: true });
  });

  /** All that it prints until it ends, or has collected and is told to. */
  async function run(env: Record<string, string>): Promise<string> {
    let output = '';
    const child = spawn(process.execPath, [path.resolve('src/main.ts')], {
      cwd: folder,
      env: { HF_TOKEN, LOG_LEVEL: 'trace', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      if (
        /"msg":"(?:collected|Discord cannot be reached, trying again|the collection failed|list day not collected)"/.test(
          output,
        )
      )
        child.kill('SIGTERM');
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    await once(child, 'close');
    return output;
  }

  it.each([
    [
      'Discord refuses the token',
      () => ({ DISCORD_TOKEN: WRONG_TOKEN, DISCORD_API_URL: `${discord.url}/api` }),
    ],
    ['Discord is out of reach', () => ({ DISCORD_TOKEN: WRONG_TOKEN, DISCORD_API_URL: `${NOWHERE}/api` })],
    ['a setting is wrong', () => ({ DISCORD_TOKEN: `${WRONG_TOKEN} and more`, HF_ENDPOINT: HF_TOKEN })],
  ])('when %s', async (_what, settings) => {
    const output = await run(settings());

    expect(output).not.toBe('');
    expect(output).not.toContain(WRONG_TOKEN);
    expect(output).not.toContain(HF_TOKEN);
  });

  it('when Hugging Face refuses the token, and says it back', async () => {
    const output = await run({
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: `${discord.url}/api`,
      HF_ENDPOINT: refusingUrl,
    });

    expect(output).toContain('list day not collected');
    expect(output).not.toContain(discord.token);
    expect(output).not.toContain(HF_TOKEN);
  });
});
