import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  buttonOf,
  type CommandWorld,
  DAY,
  mentioningAnswers,
  startCommandWorld,
  textOf,
} from '../../support/command-world.ts';
import { buildItem } from '../../support/world.ts';

const DRAFT = 'Speculative decoding, with @everyone and a draft';

function buildAbout(id: string, title: string, day: string, upvotes = 10) {
  const item = buildItem(id, upvotes, day);
  return {
    ...item,
    paper: {
      ...item.paper,
      title,
      summary: `${title} at work.`,
      authors: [{ name: `Author ${id}`, hidden: false }],
    },
  };
}

/** Two papers about decoding, two about proteins, and others. */
const LISTED = [
  buildAbout('2606.02001', DRAFT, DAY),
  buildAbout('2606.02002', 'Speculative decoding of trees', DAY),
  buildAbout('2606.02003', 'Protein folding', DAY),
  buildAbout('2606.02004', 'Folding a protein again', DAY),
  ...Array.from({ length: 12 }, (_, at) => buildAbout(`2606.0210${at}`, `Unrelated${at}`, DAY)),
];

describe('/subscribe with papers as examples', { timeout: 60_000 }, () => {
  let world: CommandWorld;
  beforeEach(async () => {
    world = await startCommandWorld({ papers: 1 });
    world.huggingFace.setDay(DAY, LISTED);
    await world.at(`${DAY}T13:00Z`);
  });
  afterEach(async () => {
    await world.stop();
  });

  it('follows what is like them, and tells how much that would have brought, and by which words', async () => {
    const reply = await world.admin.run('subscribe', { topic: 'like:2606.02001 few' });

    const text = textOf(reply);
    expect(text).toContain('Now following **like “Speculative decoding, with');
    expect(text).toContain('**1 paper** in the last');
    expect(text).toContain('[**Speculative decoding** of trees]');
    expect(text).not.toContain('rotein');
    expect(mentioningAnswers(world)).toEqual([]);
  });

  it.each([
    '2606.02001',
    'https://arxiv.org/abs/2606.02001v2',
    '<https://hf.co/papers/2606.02001>, 2606.02001 some',
  ])('takes %s alone for an example too', async (topic) => {
    const reply = await world.admin.run('subscribe', { topic });

    expect(textOf(reply)).toContain('Now following **like “Speculative decoding, with');
    expect(textOf(reply)).toContain('(some a week)');
  });

  it('takes ids, links and titles, several of them', async () => {
    const topic = 'like: https://arxiv.org/abs/2606.02001v2, protein folding';
    const reply = await world.admin.run('subscribe', { topic });

    expect(textOf(reply)).toContain('and 1 more (some a week)');
    expect(textOf(reply)).toContain('**2 papers** in the last');
  });

  it('can be changed to bring more', async () => {
    const reply = await world.admin.run('subscribe', { topic: 'like:2606.02001 few' });

    const more = await world.admin.press(reply, 'Many a week');

    expect(textOf(more)).toContain('(many a week)');
    expect(textOf(await world.admin.run('subscriptions'))).not.toContain('few a week');
  });

  it('takes the place of the same examples with another volume', async () => {
    await world.admin.run('subscribe', { topic: 'like:2606.02001 few' });

    const more = await world.admin.run('subscribe', { topic: 'like:2606.02001 many' });

    expect(textOf(more)).toContain('(many a week)');
    expect(textOf(await world.admin.run('subscriptions'))).not.toContain('few a week');
  });

  it('can no longer be undone once it took the place of others, days later', async () => {
    await world.admin.run('subscribe', { topic: 'like:2606.02001 few' });
    await world.admin.run('schedule', { time: '6:00', timezone: 'Europe/Berlin', style: 'compact' });
    await world.at('2026-06-12T13:00Z');

    const more = await world.admin.run('subscribe', { topic: 'like:2606.02001 many' });
    const fewer = await world.admin.press(more, 'Few a week');

    expect(textOf(more)).toContain('Now following **like');
    expect(textOf(fewer)).toContain('(few a week)');
    for (const answer of [more, fewer]) expect(() => buttonOf(answer, 'Undo')).toThrow('There is no button');
    expect(textOf(await world.admin.run('subscriptions'))).toContain('06:00');
  });

  it('is explained by the words that decided', async () => {
    await world.admin.run('subscribe', { topic: 'like:2606.02001' });

    const came = await world.admin.run('why', { paper: '2606.02002' });
    const other = await world.admin.run('why', { paper: '2606.02003' });
    const example = await world.admin.run('why', { paper: '2606.02001' });

    expect(textOf(came)).toMatch(/is like the examples, by .*`speculative`/);
    expect(textOf(other)).toContain("isn't like the examples enough");
    expect(textOf(example)).toContain('is one of the examples; only papers like them come');
  });

  it('is explained without words where those in common say nothing by themselves', async () => {
    const ids = ['2606.02201', '2606.02202'];
    const hollow = ids.map((id) => buildAbout(id, 'Towards versatile pipeline', DAY));
    world.huggingFace.setDay(DAY, [...LISTED, ...hollow]);
    await world.at(`${DAY}T14:00Z`);
    await world.admin.run('subscribe', { topic: 'like:2606.02201>=1' });

    const why = textOf(await world.admin.run('why', { paper: '2606.02202' }));

    expect(why).toMatch(/: is like the examples$/m);
  });

  it('may have conditions behind it, as any query has', async () => {
    const reply = await world.admin.run('subscribe', { topic: 'like:2606.02001 -trees code:no' });

    expect(textOf(reply)).toContain('Now following `like:2606.02001>=80 -trees code:no`');
  });

  it('brings examples from Hugging Face where they have a threshold, and refuses those that nobody knows', async () => {
    world.huggingFace.setSearchable([buildAbout('2501.00001', DRAFT, '2025-01-01')]);

    const known = await world.admin.run('subscribe', { topic: 'like:2501.00001>=20' });
    const unknown = await world.admin.run('subscribe', { topic: 'like:2501.09999>=20' });

    expect(textOf(known)).toContain('**2 papers** in the last');
    expect(textOf(unknown)).toContain('I found no paper for "2501\\.09999"');
  });

  it('tells of no paper, of a title that it does not know, and of too many examples', async () => {
    const none = await world.admin.run('subscribe', { topic: 'like:' });
    const unknown = await world.admin.run('subscribe', { topic: 'like: nothing of that name' });
    const many = Array.from({ length: 11 }, (_, at) => `2606.021${String(at).padStart(2, '0')}`).join();
    const tooMany = await world.admin.run('subscribe', { topic: `like:${many}` });

    expect(textOf(none)).toContain('I expected arXiv ids or links');
    expect(textOf(none)).toContain('\nlike:\n    ^');
    expect(textOf(unknown)).toContain('nothing of that name');
    expect(textOf(tooMany)).toContain('The limit is 10 papers after `like:`');
  });

  it('suggests papers as they are typed, then how many are to come', async () => {
    // Suggestions do not wait for the thread of queries to start.
    await world.admin.run('search', { query: 'protein' });

    const papers = await world.admin.suggestions('subscribe', 'topic', 'like:2606.02001, protein');
    const volumes = await world.admin.suggestions('subscribe', 'topic', 'like:2606.02001');

    expect(papers.join()).toContain('"value":"like:2606.02001,2606.02003"');
    expect(volumes.map((one) => /few|some|many/i.exec(one)?.[0])).toEqual(['Few', 'Some', 'Many']);
    expect(volumes[0]).toContain('"value":"like:2606.02001 few"');
  });

  it('comes back as it was when it is followed again', async () => {
    await world.admin.run('subscribe', { topic: 'protein' });
    await world.admin.run('subscribe', { topic: 'like:2606.02003, 2606.02001 few' });
    const lines = async () => textOf(await world.admin.run('subscriptions')).match(/^- .*$/gm);
    const before = await lines();
    const [suggested = ''] = await world.admin.suggestions('unsubscribe', 'topic', 'like');

    const stopped = await world.admin.run('unsubscribe', {
      topic: /"value":"(\w+)"/.exec(suggested)?.[1],
    });
    expect(await lines()).toEqual(['- `protein`']);
    await world.admin.press(stopped, 'Follow it again');

    expect(await lines()).toEqual(before);
  });

  it('brings a paper once, with the next digest, until it is unsubscribed', async () => {
    await world.admin.run('subscribe', { topic: 'like:2606.02001 few' });
    const tomorrow = '2026-06-10';
    world.huggingFace.setDay(tomorrow, [
      buildAbout('2606.03001', 'Speculative decoding, faster', tomorrow),
      buildAbout('2606.03002', 'Protein design', tomorrow),
    ]);
    await world.at(`${tomorrow}T09:00Z`);
    await world.at('2026-06-11T09:00Z');

    expect(world.delivered().flat().toSorted()).toEqual(['2606.02002', '2606.03001']);
    const [suggested = ''] = await world.admin.suggestions('unsubscribe', 'topic', 'like');
    const topic = /"value":"(\w+)"/.exec(suggested)?.[1];
    expect(textOf(await world.admin.run('unsubscribe', { topic }))).toContain('is the only topic');
  });
});
