import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  buttonOf,
  type CommandWorld,
  mentioningAnswers,
  messageOf,
  type Person,
  pressForged,
  startCommandWorld,
  textOf,
} from '../support/command-world.ts';

const TOO_MANY = 'a, b, c, d, e, f, g, h, i, j, k';
const CHANGE = 'Change when and how';

describe('a form that was refused', { timeout: 60_000 }, () => {
  let world: CommandWorld;
  beforeEach(async () => {
    world = await startCommandWorld();
  });
  afterEach(() => world.stop());

  async function openNote(person: Person, paper: string) {
    await person.run('save', { paper });
    return person.press(await person.run('paper', { paper }), 'Note and tags');
  }
  const refuseNote = async (person: Person, note: string) =>
    person.submit(await openNote(person, '2606.00001'), { note, tags: TOO_MANY });

  it('is opened again with all that was typed, and shows what came of it in place of the refusal', async () => {
    const refused = await refuseNote(world.member, 'Read *this*\n@everyone');
    expect(refused.ephemeral).toBe(true);
    expect(textOf(refused)).toContain('I can\'t keep "k"');

    const again = await world.member.press(refused, 'Edit again');
    expect(valuesOf(again.form)).toEqual(['Read *this*\n@everyone', TOO_MANY]);
    const saved = await world.member.submit(again, { tags: 'a, k' });

    expect(messageOf(saved).id).toBe(messageOf(refused).id);
    expect(textOf(saved)).toContain('-# In your library · a · k\n> Read \\*this\\*');
    expect(mentioningAnswers(world)).toEqual([]);
  });

  it('is opened again as often as it is refused, and with what was emptied', async () => {
    const opened = await openNote(world.member, '2606.00001');
    await world.member.submit(opened, { note: 'old', tags: 'old' });
    const refused = await world.member.submit(await openNote(world.member, '2606.00001'), {
      note: '',
      tags: TOO_MANY,
    });

    const second = await world.member.submit(await world.member.press(refused, 'Edit again'), {
      tags: `${TOO_MANY}, l`,
    });

    const again = await world.member.press(second, 'Edit again');
    expect(valuesOf(again.form)).toEqual([`${TOO_MANY}, l`]);
  });

  it('keeps what was chosen, and belongs to the topic that it was opened for', async () => {
    const followed = await world.admin.run('subscribe', { topic: 'paper' });
    const opened = await world.admin.press(followed, CHANGE);
    const filled = { time: '6pm', zone: 'Olympus', days: ['1', '4'], style: 'compact', amount: '3 hide' };

    const refused = await world.admin.submit(opened, filled);
    const again = await world.admin.press(refused, 'Edit again');
    const changed = await world.admin.submit(again, { zone: 'Berlin' });

    expect(textOf(refused)).toContain('I don\'t know the time zone "Olympus"');
    expect(valuesOf(again.form)).toEqual(['6pm', 'Olympus', '1', '4', 'compact', '3 hide']);
    expect(textOf(changed)).toContain('Now following `paper`');
    expect(textOf(changed)).toContain('18:00, Mon, Thu, Europe/Berlin · A list of the best 3');
  });

  it.each<[string, () => Promise<unknown>]>([
    ['another one of theirs was refused', () => refuseNote(world.member, 'other')],
    ['a day', () => world.at('2026-06-10T12:01Z')],
    ['their data were deleted', () => deleteData(world.member)],
  ])('is not opened again after %s', async (_, happen) => {
    const refused = await refuseNote(world.member, 'mine');
    await happen();

    const again = await world.member.press(refused, 'Edit again');

    expect(again.form).toBeUndefined();
    expect(textOf(again)).toContain('out of date');
  });

  it('is opened again by nobody else', async () => {
    const refused = await refuseNote(world.member, 'mine');

    const stolen = await pressForged(world, world.admin, buttonOf(refused, 'Edit again').custom_id);

    expect(textOf(stolen)).toContain('out of date');
  });

  it('is not offered again where what it was about is gone', async () => {
    const opened = await openNote(world.member, '2606.00001');
    await world.member.press(await world.member.run('paper', { paper: '2606.00001' }), 'Unsave');

    const refused = await world.member.submit(opened, { note: 'late' });

    expect(textOf(refused)).toContain('out of date');
    expect(() => buttonOf(refused, 'Edit again')).toThrow('There is no button');
  });

  it('is in what somebody can see of their data', async () => {
    await refuseNote(world.member, 'mine');

    const exported = await world.member.run('library', { export: 'json' });

    const [file] = messageOf(exported).attachments;
    expect(await (await fetch(file?.url ?? '')).json()).toMatchObject({
      refusedForm: { name: 'note', fields: { note: ['mine'], tags: [TOO_MANY] } },
    });
  });

  async function deleteData(person: Person): Promise<void> {
    const asked = await person.press(await person.run('about'), 'Delete my data');
    await person.press(asked, 'Delete my data');
  }
});

/** What the fields of a form have in them, or have chosen, in order. */
function valuesOf(part: unknown): readonly string[] {
  if (typeof part !== 'object' || part === null) return [];
  if (!('value' in part)) return Object.values(part).flatMap(valuesOf);
  const isOption = 'label' in part;
  return isOption && !('default' in part && part.default === true) ? [] : [String(part.value)];
}
