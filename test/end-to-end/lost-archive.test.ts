import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildItem, startWorld, type World } from '../support/world.ts';

const MONDAY = '2026-06-08';
const TUESDAY = '2026-06-09';

describe('a channel whose bot loses its archive', { timeout: 60_000 }, () => {
  let world: World;

  beforeEach(async () => {
    world = await startWorld(`${MONDAY}T10:00Z`);
    world.huggingFace.setDay(MONDAY, [
      buildItem('2606.00001', 5, MONDAY),
      buildItem('2606.00002', 9, MONDAY),
    ]);
    const admin = world.discord.act(world.discord.adminId, { channelId: world.channelId });
    await admin.runCommand('subscribe', {});
    await admin.runCommand('schedule', { time: '09:00', timezone: 'Europe/Berlin' });
    await world.at(`${TUESDAY}T07:00Z`);
  });

  afterEach(async () => {
    await world.stop();
  });

  function remove(): void {
    for (const suffix of ['', '-wal', '-shm']) rmSync(world.archiveFile + suffix, { force: true });
  }

  function damage(): void {
    remove();
    writeFileSync(world.archiveFile, 'no database at all. '.repeat(500));
  }

  function turnIntoAnotherVersion(): void {
    const database = new DatabaseSync(world.archiveFile);
    database.exec('PRAGMA user_version = 999');
    database.close();
  }

  it.each([
    ['is gone', remove],
    ['is broken', damage],
    ['is of another version', turnIntoAnotherVersion],
  ])('gets what is new, and nothing again, when the file %s', async (_what, meanwhile) => {
    await world.restart(meanwhile);
    world.huggingFace.setDay(TUESDAY, [buildItem('2606.00003', 3, TUESDAY)]);
    await world.at(`${TUESDAY}T20:00Z`);

    await world.at('2026-06-10T07:00Z');

    expect(world.delivered()).toEqual([['2606.00002', '2606.00001'], ['2606.00003']]);
    expect(existsSync(`${world.archiveFile}.broken`)).toBe(meanwhile === damage);
  });
});
