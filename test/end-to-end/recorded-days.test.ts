import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { buildSampleDay } from '../../playground/hugging-face/sample-day.ts';
import { checkContract } from '../playground/discord/contract.ts';
import { startWorld } from '../support/world.ts';

const FOLDER = '../shared/data/huggingface/daily';
/** Monday to Friday; the Tuesday was not recorded. */
const DAYS = ['2026-05-25', '2026-05-27', '2026-05-28', '2026-05-29'];

const Items = z.array(
  z.looseObject({ paper: z.looseObject({ id: z.string(), title: z.string(), upvotes: z.number() }) }),
);

function readDay(day: string) {
  const file = `${FOLDER}/${day}.json`;
  if (existsSync(file)) return Items.parse(JSON.parse(readFileSync(file, 'utf8')));
  return day === DAYS[0] ? [...buildSampleDay(day)] : [];
}

describe('a week of recorded days', { timeout: 120_000 }, () => {
  it('arrives day by day, each paper once, the most upvoted first', async () => {
    const world = await startWorld('2026-05-25T10:00Z');
    try {
      const admin = world.discord.act(world.discord.adminId, { channelId: world.channelId });
      await admin.runCommand('subscribe', {});
      await admin.runCommand('schedule', { time: '23:00', timezone: 'UTC' });

      for (const day of DAYS) {
        const items = readDay(day);
        const before = world.delivered().flat();
        world.huggingFace.setDay(day, items);
        await world.at(`${day}T23:00Z`);
        await world.at(`${day}T23:01Z`);

        const fresh = world.delivered().flat().slice(before.length);
        const votes = new Map(items.map(({ paper }) => [paper.id, paper.upvotes ?? 0]));
        expect(fresh.toSorted()).toEqual([...votes.keys()].filter((id) => !before.includes(id)).toSorted());
        const inOrder = fresh.map((id) => votes.get(id) ?? 0);
        expect(inOrder).toEqual(inOrder.toSorted((a, b) => b - a));
      }
      const count = world.delivered().length;
      await world.at('2026-05-30T23:00Z');
      await world.at('2026-05-31T23:00Z');

      expect(world.delivered()).toHaveLength(count);
      const all = world.delivered().flat();
      expect(new Set(all).size).toBe(all.length);
      expect(checkContract(world.discord.requests)).toEqual([]);
    } finally {
      await world.stop();
    }
  });
});
