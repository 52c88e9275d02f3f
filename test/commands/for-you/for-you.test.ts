import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkContract } from '../../playground/discord/contract.ts';
import { buttonOf, type CommandWorld, DAY, mentioningAnswers, textOf } from '../../support/command-world.ts';
import { buildAbout, startForYouWorld } from '../../support/for-you-world.ts';

describe('/foryou', { timeout: 60_000 }, () => {
  let world: CommandWorld;
  beforeEach(async () => {
    world = await startForYouWorld();
  });
  afterEach(async () => {
    await world.stop();
  });

  const open = async () => world.member.run('foryou');

  it('says what to do when nothing is saved', async () => {
    const reply = await open();

    expect(reply.ephemeral).toBe(true);
    expect(textOf(reply)).toContain('Press **Save** on one that you like');
    expect(textOf(await world.member.press(reply, "What's trending"))).toContain('Trending on Hugging Face');
  });

  it('picks papers like the one that was saved, and tells why', async () => {
    await world.member.run('save', { paper: '2606.02001' });

    const reply = await open();

    const text = textOf(reply);
    expect(text).toContain('From the 1 paper in your');
    expect(text).toContain('Speculative decoding of trees');
    expect(text).toMatch(/Like \[Speculative decoding with a \\\*draft\\\*.*\]\(.*\), which you saved/);
    expect(text).toContain('both about `');
    expect(text).not.toContain('rotein');
    expect(mentioningAnswers(world)).toEqual([]);
  });

  it('says so when an author is known', async () => {
    const later = buildAbout('2606.02200', 'Whatever else', DAY);
    const byTheSame = {
      ...later,
      paper: { ...later.paper, authors: [{ name: 'Author 2606.02001', hidden: false }] },
    };
    world.huggingFace.setDay(DAY, [buildAbout('2606.02001', 'Speculative decoding', DAY), byTheSame]);
    await world.at(`${DAY}T14:00Z`);
    await world.member.run('save', { paper: '2606.02001' });

    expect(textOf(await open())).toContain('by Author 2606.02001, whose paper you saved');
  });

  it('says so in a server too, below which there is room for fewer picks', async () => {
    const alike = Array.from({ length: 8 }, (_, at) =>
      buildAbout(`2606.0230${at}`, `Speculative decoding, part ${at}`, DAY),
    );
    world.huggingFace.setDay(DAY, alike);
    await world.at(`${DAY}T14:00Z`);
    await world.member.run('save', { paper: '2606.02300' });
    const before = await open();
    expect(textOf(before).match(/part \d/g)?.length).toBeGreaterThan(5);

    expect(textOf(await world.member.press(before, 'Not for me'))).toContain("won't come again");
  });

  it('does not pick what was dismissed, until that is taken back', async () => {
    await world.member.run('save', { paper: '2606.02001' });

    const dismissed = await world.member.press(await open(), 'Not for me');
    expect(textOf(dismissed)).toContain("won't come again");
    expect(textOf(await open())).not.toContain('decoding of trees');

    const again = await world.member.press(dismissed, 'Undo');
    expect(textOf(again)).toContain('can be picked again');
    expect(textOf(await open())).toContain('decoding of trees');
  });

  it('says why it goes on with papers like one that was saved meanwhile', async () => {
    await world.member.run('save', { paper: '2606.02001' });
    const page = await open();
    await world.member.press(page, 'Save');

    const answer = textOf(await world.member.press(page, 'Not for me'));

    expect(answer).toMatch(/You saved .*decoding of trees.* so I go on picking papers like it/);
    expect(answer).not.toContain("won't come again");
  });

  it('stays within what Discord takes, whatever titles and authors are', async () => {
    const hostile = (at: number) => {
      const title = `Speculative decoding ${'[*_`~|>'.repeat(20)} https://example.org/${'x'.repeat(60)} ${at}`;
      const item = buildAbout(`2606.022${at + 10}`, title, DAY);
      const authors = Array.from({ length: 40 }, () => ({ name: '@everyone **bold** <@1>', hidden: false }));
      return { ...item, paper: { ...item.paper, authors, ai_summary: '# *_`'.repeat(200) } };
    };
    world.huggingFace.setDay(
      DAY,
      Array.from({ length: 8 }, (_, at) => hostile(at)),
    );
    await world.at(`${DAY}T14:00Z`);
    await world.member.run('save', { paper: '2606.02210' });

    const text = textOf(await open());

    expect(text.match(/2606\.022\d\d\)\*\*/g)).toHaveLength(5);
    expect(text.length).toBeLessThanOrEqual(4_000);
    expect(mentioningAnswers(world)).toEqual([]);
    expect(checkContract(world.discord.requests)).toEqual([]);
  });

  it('goes by what each person saved', async () => {
    await world.member.run('save', { paper: '2606.02001' });
    await world.admin.run('save', { paper: '2606.02003' });

    expect(textOf(await world.admin.run('foryou'))).toContain('Folding a protein again');
    expect(textOf(await world.admin.run('foryou'))).not.toContain('decoding of trees');
  });

  it('saves a pick with one press, and does not pick it again', async () => {
    await world.member.run('save', { paper: '2606.02001' });

    const saved = await world.member.press(await open(), 'Save');

    expect(textOf(saved)).toContain('Saved **[Speculative decoding of trees]');
    expect(textOf(await open())).toContain('From the 2 papers');
    expect(textOf(await open())).not.toContain('**[Speculative decoding of trees]');
  });

  it('works in direct messages, where no server is asked about', async () => {
    const person = world.memberIn(world.discord.openDmWith(world.member.id).id);
    await person.run('save', { paper: '2606.02001' });

    const reply = await person.run('foryou');

    expect(textOf(reply)).toContain('Speculative decoding of trees');
    expect(() => buttonOf(reply, 'Count my saves here')).toThrow('There is no button');
  });

  it('can end in direct messages what counts in servers, also in those that the person has left', async () => {
    await world.member.run('save', { paper: '2606.02001' });
    await world.member.press(await open(), 'Count my saves here');
    const person = world.memberIn(world.discord.openDmWith(world.member.id).id);

    const counted = await person.run('foryou');
    const ended = await person.press(counted, "Don't count my saves anywhere");

    expect(textOf(counted)).toContain('Your saves count for picks in 1 server.');
    expect(textOf(ended)).not.toContain('Your saves count');
    expect(textOf(await open())).toContain("Your saves don't count for this server");
  });

  it('comes weekly in place of daily, which no Undo takes away', async () => {
    await world.member.run('save', { paper: '2606.02001' });
    await world.member.run('subscribe', { topic: 'for you', by: 'dm' });

    const weekly = await world.member.press(await open(), 'Weekly by DM');

    expect(textOf(weekly)).toContain('Now following **For you, weekly**');
    expect(() => buttonOf(weekly, 'Undo')).toThrow('There is no button');
    expect(textOf(await world.member.run('subscriptions'))).toContain('**For you, weekly**');
  });

  it('asks before the end of its DMs takes the settings with it', async () => {
    await world.member.run('save', { paper: '2606.02001' });
    await world.member.press(await open(), 'Daily by DM');
    await world.member.run('schedule', { by: 'dm', time: '6:00', timezone: 'Europe/Berlin' });

    const asked = await world.member.press(await open(), 'Stop DMs');
    expect(textOf(asked)).toContain("delete the settings? This can't be undone.");
    expect(textOf(await world.member.run('subscriptions'))).toContain('06:00');
    await world.member.press(asked, 'Stop following');

    expect(textOf(await world.member.run('subscriptions'))).toContain('Nothing is followed here');
    expect(textOf(await open())).toContain('By DM: off');
  });

  it('ends its DMs at once beside another topic', async () => {
    await world.member.run('save', { paper: '2606.02001' });
    await world.member.run('subscribe', { topic: 'protein', by: 'dm' });
    await world.member.press(await open(), 'Daily by DM');

    const stopped = await world.member.press(await open(), 'Stop DMs');

    expect(textOf(stopped)).toContain('By DM: off');
    expect(textOf(await world.member.run('subscriptions'))).toContain('- `protein`');
  });

  it('leaves nothing of a person who deletes their data, in any table', async () => {
    await world.member.run('save', { paper: '2606.02001' });
    const page = await open();
    await world.member.press(page, 'Not for me');
    await world.member.press(await open(), 'Count my saves here');
    await world.member.press(await open(), 'Daily by DM');
    expect(tablesWith(world.ledgerFile, world.member.id)).toEqual(
      expect.arrayContaining(['saves', 'dismissals', 'counted_saves', 'destinations']),
    );

    const about = await world.member.run('about');
    expect(textOf(about)).toContain(
      'those that you said are not for you; the servers where your saves count',
    );
    const asked = await world.member.press(about, 'Delete my data');
    await world.member.press(asked, 'Delete my data');

    expect(tablesWith(world.ledgerFile, world.member.id)).toEqual([]);
  });
});

/** Names of the tables in which a text stands anywhere. */
function tablesWith(file: string, text: string): readonly string[] {
  const database = new DatabaseSync(file, { readOnly: true });
  const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all();
  const found = tables
    .map(({ name }) => String(name))
    .filter((name) => JSON.stringify(database.prepare(`SELECT * FROM "${name}"`).all()).includes(text));
  database.close();
  return found;
}
