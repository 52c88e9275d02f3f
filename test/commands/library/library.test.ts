import { rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  buttonOf,
  type CommandWorld,
  DAY,
  menuOf,
  mentioningAnswers,
  messageOf,
  pressForged,
  startCommandWorld,
  textOf,
} from '../../support/command-world.ts';

describe('a library', { timeout: 60_000 }, () => {
  let world: CommandWorld;
  beforeEach(async () => {
    world = await startCommandWorld();
  });
  afterEach(async () => {
    await world.stop();
  });

  /** The card of a paper as somebody shows it to everybody. */
  async function showCard(id: string) {
    return world.admin.press(await world.admin.run('paper', { paper: id }), 'Show to channel');
  }

  it('gets a paper by one press, which only whoever presses sees', async () => {
    const shown = await showCard('2606.00007');

    const saved = await world.member.press(shown, 'Save');
    const again = await world.member.press(shown, 'Save');

    expect(saved.ephemeral).toBe(true);
    expect(textOf(saved)).toBe('Saved **[Paper 2606.00007](https://huggingface.co/papers/2606.00007)**.');
    expect(again.ephemeral).toBe(true);
    expect(textOf(again)).toContain('is already in your library, saved <t:');
    expect(textOf(await world.member.press(again, 'My library'))).toContain('Your library · 1 paper');
    expect(textOf(await world.admin.run('library'))).toContain('Your library is empty.');
    expect(mentioningAnswers(world)).toEqual([]);
  });

  it('lets go of a paper, and takes it back', async () => {
    const saved = await world.member.press(await showCard('2606.00007'), 'Save');

    const removed = await world.member.press(saved, 'Unsave');
    expect(textOf(removed)).toContain('Removed **[Paper 2606.00007]');
    expect(textOf(await world.member.run('library'))).toContain('Your library is empty.');
    const back = await world.member.press(removed, 'Save');

    expect(messageOf(back).id).toBe(messageOf(saved).id);
    expect(textOf(back)).toContain('Saved **[Paper 2606.00007]');
    expect(textOf(await world.member.run('library'))).toContain('**1.** [Paper 2606.00007]');
  });

  it('is shown on the card of somebody’s own, whose button saves and removes', async () => {
    const card = await world.member.run('paper', { paper: '2606.00007' });

    const saved = await world.member.press(await world.member.press(card, 'Abstract'), 'Save');
    expect(textOf(saved)).toContain('In your library');
    expect(buttonOf(saved, 'Hide abstract').disabled).toBe(false);
    const opened = await world.member.choose(await world.member.run('library'), '2606.00007');
    const removed = await world.member.press(opened, 'Unsave');

    expect(textOf(removed)).not.toContain('In your library');
    expect(buttonOf(removed, 'Save').disabled).toBe(false);
    expect(textOf(await world.member.run('library'))).toContain('Your library is empty.');
  });

  it.each(['save', 'paper'])(
    'lets go of a paper that nobody knows any more, by the button below /%s',
    async (command) => {
      await world.member.run('save', { paper: '2606.00007' });
      const card = await world.member.run(command, { paper: '2606.00007' });
      await world.restart(() => {
        for (const end of ['', '-wal', '-shm']) rmSync(`${world.archiveFile}${end}`, { force: true });
        world.huggingFace.setDay(DAY, []);
      });
      await world.at(`${DAY}T12:30Z`);
      expect(textOf(await world.member.run('library'))).toContain('2606.00007');

      const removed = await world.member.press(card, 'Unsave');

      expect(textOf(removed)).toContain('[arXiv\\:2606.00007]');
      expect(buttonOf(removed, 'Save').disabled).toBe(false);
      expect(textOf(await world.member.run('library'))).toContain('Your library is empty.');
    },
  );

  it('takes a paper by its id, link or title, and nothing unasked', async () => {
    expect(textOf(await world.member.run('save', { paper: 'arxiv.org/abs/2606.00007' }))).toContain(
      'Saved **',
    );
    expect(textOf(await world.member.run('save', { paper: 'Paper 2606.00008' }))).toContain('Saved **');
    expect(textOf(await world.member.run('save', { paper: 'no such title' }))).toContain('found no paper');
    const near = await world.member.run('save', { paper: 'paper 2606' });
    expect(textOf(near)).toContain('I found no paper called exactly');
    expect(textOf(await world.member.run('library'))).toContain('Your library · 2 papers');
    expect(await world.member.suggestions('save', 'paper', 'paper 2606.0001')).toContain(
      JSON.stringify({ name: 'Paper 2606.00010', value: '2606.00010' }),
    );
  });

  it('is paged, the latest first, with a menu that opens each', async () => {
    for (let at = 1; at <= 12; at += 1) {
      await world.member.run('save', { paper: `2606.${String(at).padStart(5, '0')}` });
      await world.at(`2026-06-09T12:${String(at).padStart(2, '0')}Z`);
    }

    const list = await world.member.run('library');
    const second = await world.member.press(list, 'Next');

    expect(list.ephemeral).toBe(true);
    expect(textOf(list)).toContain('### Your library · 12 papers');
    expect(textOf(list)).toContain('**1.** [Paper 2606.00012]');
    expect(menuOf(second).values).toEqual(['2606.00002', '2606.00001']);
    expect(textOf(second)).toContain('**12.** [Paper 2606.00001]');
  });

  it('works in direct messages', async () => {
    const person = world.memberIn(world.discord.openDmWith(world.member.id).id);

    expect(textOf(await person.run('save', { paper: '2606.00007' }))).toContain('Saved **');
    expect(textOf(await person.run('library'))).toContain('Your library · 1 paper');
  });

  it('takes no paper that nobody knows', async () => {
    const forged = await pressForged(world, world.member, 'save:v1:2401.99999');

    expect(textOf(forged)).toContain('I found no paper for');
    expect(textOf(await world.member.run('library'))).toContain('Your library is empty.');
  });

  it('is deleted with the rest of what is stored about a person: no table knows them any more', async () => {
    const { member } = world;
    await member.run('save', { paper: '2606.00007' });
    await member.run('search', { query: 'paper' });
    await member.press(await member.run('subscribe', { by: 'dm' }), 'Send one now');
    await member.press(await member.run('paper', { paper: '2606.00008' }), 'Follow');
    expect(tablesThatName(member.id)).toEqual(
      expect.arrayContaining(['saves', 'key_values', 'deliveries', 'follows']),
    );

    const asked = await member.press(await member.run('about'), 'Delete my data');
    await member.press(asked, 'Delete my data');

    expect(tablesThatName(member.id)).toEqual([]);
    expect(textOf(await member.run('library'))).toContain('Your library is empty.');
  });

  function tablesThatName(id: string): readonly string[] {
    const database = new DatabaseSync(world.ledgerFile, { readOnly: true });
    try {
      const tables = database.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`).all();
      return tables
        .map(({ name }) => String(name))
        .filter((name) => JSON.stringify(database.prepare(`SELECT * FROM "${name}"`).all()).includes(id));
    } finally {
      database.close();
    }
  }
});
