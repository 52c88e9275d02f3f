import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY_MS } from '../../src/calendar/zoned-time.ts';
import { type ReadingWorld, startReadingWorld } from '../support/reading-world.ts';

const TABLES = ['reading_groups', 'meetings', 'nominations', 'presenters'];

describe('a server whose bot was thrown out', { timeout: 60_000 }, () => {
  let world: ReadingWorld;
  beforeEach(async () => {
    world = await startReadingWorld();
    await world.meet({ presenters: `<@${world.member.id}>` });
    await world.nominate('2606.00001');
  });
  afterEach(() => world.stop());

  async function passDays(days: number): Promise<void> {
    for (let day = 0; day < days; day += 1) await world.at(new Date(world.now() + DAY_MS).toISOString());
  }

  /** Tables in which something of a group is left. */
  function left(): readonly string[] {
    const ledger = new DatabaseSync(world.ledgerFile, { readOnly: true, timeout: 1000 });
    try {
      return TABLES.filter((table) => ledger.prepare(`SELECT * FROM ${table}`).all().length > 0);
    } finally {
      ledger.close();
    }
  }

  it('keeps its reading group for 30 days', async () => {
    await passDays(1);
    world.discord.removeBot(world.guildId);

    await passDays(30);
    expect(left()).toEqual(TABLES);
    await passDays(1);
    expect(left()).toEqual([]);
  });

  it('keeps it where the bot comes back, and counts anew from the next time', async () => {
    world.discord.removeBot(world.guildId);
    await passDays(20);
    world.discord.addBot(world.guildId);
    await passDays(1);
    world.discord.removeBot(world.guildId);

    await passDays(30);

    expect(left()).toEqual(TABLES);
  });

  it('keeps it while Discord does not say that the bot is out', async () => {
    world.discord.removeBot(world.guildId);
    world.discord.fail({ method: 'GET', route: /guilds\/\d+$/, status: 503, forMs: 100 * DAY_MS });

    await passDays(40);

    expect(left()).toEqual(TABLES);
  });

  it('keeps it though a clock that was wrong noted the time', async () => {
    const { discord, guildId } = world;
    await world.restart(() => world.setWall('2030-01-01T12:00Z'));
    discord.removeBot(guildId);
    await passDays(1);
    await world.restart(() => world.setWall('2026-06-12T12:00Z'));

    await passDays(29);
    expect(left()).toEqual(TABLES);
    await passDays(2);
    expect(left()).toEqual([]);
  });

  it('keeps it though a clock was far ahead for two days', async () => {
    world.discord.removeBot(world.guildId);
    await passDays(1);
    const now = world.now();
    await world.at(new Date(now + 40 * DAY_MS).toISOString());
    await passDays(1);
    world.setWall(new Date(now + 2 * DAY_MS).toISOString());
    await passDays(1);

    expect(left()).toEqual(TABLES);
  });
});
