import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  buttonOf,
  type CommandWorld,
  mentioningAnswers,
  menuOf,
  pressForged,
  startCommandWorld,
  textOf,
} from '../../support/command-world.ts';

describe('what a person writes beside a saved paper', { timeout: 60_000 }, () => {
  let world: CommandWorld;
  beforeEach(async () => {
    world = await startCommandWorld({
      titles: ['Diffusion for video', 'Agents that plan', 'Robots with diffusion policies'],
    });
  });
  afterEach(() => world.stop());

  async function save(id: string, words: { readonly note?: string; readonly tags?: string } = {}) {
    const card = await world.member.press(await world.member.run('paper', { paper: id }), 'Save');
    if (words.note === undefined && words.tags === undefined) return card;
    return world.member.submit(await world.member.press(card, 'Note and tags'), words);
  }
  const list = async (options: Record<string, unknown> = {}) => world.member.run('library', options);

  it('is shown on the card, to them alone, and in the list', async () => {
    const card = await save('2606.01001', {
      note: 'Read *this*\n@everyone',
      tags: 'To Read, Video!, to read',
    });

    expect(card.ephemeral).toBe(true);
    expect(textOf(card)).toContain('-# In your library · to read · video\n> Read \\*this\\*');
    expect(textOf(await list())).toContain('-# has a note · to read · video');
    expect(textOf(await world.admin.run('paper', { paper: '2606.01001' }))).not.toContain('to read');
    expect(mentioningAnswers(world)).toEqual([]);
  });

  it.each([
    ['an eleventh tag', 'a, b, c, d, e, f, g, h, i, j, k', 'I can\'t keep "k", so'],
    ['a tag that is too long', `b, ${'long'.repeat(7)}`, `I can't keep "${'long'.repeat(7)}", so`],
    ['a tag without letters', 'b, !!, 🎉', 'I can\'t keep "!!", "🎉", so'],
  ])('is refused with %s, and nothing is changed', async (_, tags, words) => {
    const refused = await save('2606.01001', { note: 'mine', tags });

    expect(textOf(refused)).toContain(words);
    expect(textOf(refused)).toContain('A paper can have up to 10 tags, each of up to 25 letters and digits.');
    expect(textOf(await list())).not.toContain('has a note');
  });

  it('has ten tags, also where one of them is typed twice', async () => {
    expect(textOf(await save('2606.01001', { tags: 'a, b, c, A, d, e, f, g, h, i, j, j' }))).toContain(
      '-# In your library · a · b · c · d · e · f · g · h · i · j',
    );
  });

  it('can be changed, and emptied', async () => {
    const card = await save('2606.01001', { note: 'old', tags: 'old' });

    const changed = await world.member.submit(await world.member.press(card, 'Note and tags'), {
      note: 'new',
    });
    expect(textOf(changed)).toContain('· old\n> new');
    const emptied = await world.member.submit(await world.member.press(changed, 'Note and tags'), {
      note: '',
      tags: '',
    });

    expect(textOf(emptied)).toMatch(/-# In your library$/m);
  });

  it('is found by the words of notes and tags too, together with those of papers', async () => {
    await save('2606.01001', { note: 'for the Tuesday meetings' });
    await save('2606.01002', { tags: 'reading group' });
    await save('2606.01003');

    const idsOf = async (query: string) => menuOf(await list({ query })).values;
    expect(await idsOf('diffusion')).toEqual(['2606.01003', '2606.01001']);
    expect(await idsOf('diffusion meeting')).toEqual(['2606.01001']);
    expect(await idsOf('"reading group" OR robots')).toEqual(['2606.01003', '2606.01002']);
    expect(await idsOf('diffusion -tuesday')).toEqual(['2606.01003']);
    expect(await idsOf('title:diffusion upvotes>=20')).toEqual(['2606.01003', '2606.01001']);
    expect(textOf(await list({ query: '(' }))).toContain("I couldn't read that query");
  });

  it('says which query or tag finds nothing, also for a file, and leads back to the whole', async () => {
    await save('2606.01001', { tags: 'later' });

    const none = await list({ query: 'tuesday', tag: 'later' });
    const file = await list({ tag: 'nowhere', export: 'bibtex' });
    const whole = await world.member.press(none, 'My library');

    expect(textOf(none)).toBe('No paper in your library matches "tuesday" and is tagged "later".');
    expect(textOf(file)).toBe('No paper in your library is tagged "nowhere".');
    expect(menuOf(whole).values).toEqual(['2606.01001']);
  });

  it('narrows by a tag, which is suggested, and sorts', async () => {
    await save('2606.01001', { tags: 'video, later' });
    await save('2606.00001', { tags: 'later' });
    await save('2606.01003');

    expect(menuOf(await list({ tag: 'Later' })).values).toEqual(['2606.01001', '2606.00001']);
    expect(menuOf(await list({ tag: 'later', query: 'diffusion' })).values).toEqual(['2606.01001']);
    expect(textOf(await list({ tag: 'video, later' }))).toContain('`tag` takes one tag at a time');
    expect(textOf(await list({ tag: '!' }))).toContain('`tag` takes one tag at a time');
    expect(menuOf(await list({ sort: 'upvotes' })).values[0]).toBe('2606.00001');
    expect(menuOf(await list({ sort: 'newest' })).values[0]).toBe('2606.01003');
    expect(await world.member.suggestions('library', 'tag', 'l')).toEqual([
      JSON.stringify({ name: 'later (2)', value: 'later' }),
    ]);
    expect(await world.admin.suggestions('library', 'tag', '')).toEqual([]);
  });

  it('narrows by a tag in letters of which each is two UTF-16 units', async () => {
    const tag = '𝐫'.repeat(12);
    await save('2606.01001', { tags: `a${tag}, ${tag}` });

    const found = await list({ tag, sort: 'upvotes', query: 'diffusion' });

    expect(textOf(found)).toContain(`1 of 1 paper, "diffusion", tagged "${tag}"`);
    expect(textOf(await list({ tag: `a${tag}` }))).toContain('1 of 1 paper');
  });

  it('keeps its query over pages, which are nobody else’s', async () => {
    for (let at = 1; at <= 12; at += 1) await save(`2606.${String(at).padStart(5, '0')}`, { tags: 'all' });

    const first = await list({ query: 'paper', tag: 'all' });
    const second = await world.member.press(first, 'Next');
    const stolen = await pressForged(world, world.admin, buttonOf(first, 'Next').custom_id);

    expect(textOf(second)).toContain('12 of 12 papers, "paper", tagged "all"');
    expect(menuOf(second).values).toHaveLength(2);
    expect(textOf(stolen)).toContain('out of date');
  });

  it('tells what is read from what is not', async () => {
    const card = await save('2606.01001');
    await save('2606.01002');

    const read = await world.member.press(card, 'Mark as read');
    expect(textOf(read)).toContain('In your library · read');
    expect(menuOf(await list({ sort: 'unread' })).values).toEqual(['2606.01002', '2606.01001']);
    expect(textOf(await world.member.press(read, 'Mark as unread'))).not.toContain('· read');
  });

  it('goes with the paper: what is not saved any more has no note to change', async () => {
    const card = await save('2606.01001', { note: 'gone' });
    const form = await world.member.press(card, 'Note and tags');
    await world.member.press(card, 'Unsave');

    expect(textOf(await world.member.submit(form, { note: 'late' }))).toContain('out of date');
    expect(textOf(await world.member.run('paper', { paper: '2606.01001' }))).not.toContain('gone');
  });
});
