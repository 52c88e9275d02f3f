import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays } from '../../../src/calendar/zoned-time.ts';
import {
  type CommandWorld,
  DAY,
  messageOf,
  type Person,
  startCommandWorld,
} from '../../support/command-world.ts';
import { buildItem, type Days } from '../../support/world.ts';

/** Four whole weeks up to the day before, of ten papers each; of agents one, two, three and four. */
function weeksOfAgents(): Days {
  return new Map(
    [1, 2, 3, 4].map((agents) => {
      const day = addDays(DAY, -2 - 7 * (4 - agents));
      const items = Array.from({ length: 10 }, (_, at) => {
        const item = buildItem(`26${String(agents).padStart(2, '0')}.0000${at}`, at, day);
        const title = at < agents ? `Agents ${at}` : `Vision ${at}`;
        return { ...item, paper: { ...item.paper, title } };
      });
      return [day, items] as const;
    }),
  );
}

describe('/trends', { timeout: 60_000 }, () => {
  let world: CommandWorld;
  let person: Person;

  beforeAll(async () => {
    world = await startCommandWorld({ papers: 0, days: weeksOfAgents() });
    person = world.member;
  });
  afterAll(() => world.stop());

  const ask = async (options: Record<string, unknown>) => messageOf(await person.run('trends', options));

  it('draws the share of papers about a topic, and says the same in words', async () => {
    const { content, attachments } = await ask({ topic: 'agents', topic2: 'vision' });

    expect(content).toContain('in the last 4 weeks, to Mon 8 June 2026');
    expect(content).toContain(
      '1. **LLM agents**: 35% of papers in the last 2 weeks (7 papers), 15% in the first 2 weeks',
    );
    expect(content).toContain('2. `vision`: 65% of papers');
    const [picture] = attachments;
    expect(picture).toMatchObject({ filename: 'trends.png', content_type: 'image/png' });
    expect(picture?.description).toContain('LLM agents: 15% at first, 35% lately, at most 40% (8 Jun).');
    const file = await fetch(picture?.url ?? '');
    expect(
      Buffer.from(await file.arrayBuffer())
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG');
  });

  it('knows the built-in topics by name, and draws one that is named twice once', async () => {
    const { content } = await ask({ topic: 'agents', topic2: 'AGENTS' });

    expect(content.match(/^\d\. /gm)).toHaveLength(1);
  });

  it('draws what is followed here where nothing is named, and the ready-made topics elsewhere', async () => {
    await world.admin.run('subscribe', { topic: 'vision' });

    expect((await ask({})).content).toContain('1. `vision`');
    const elsewhere = world.discord.addChannel(world.guildId, 'elsewhere');
    const there = messageOf(await world.memberIn(elsewhere.id).run('trends'));
    expect(there.content).toContain('topics changed most');
    expect(there.content.match(/^\d\. /gm)).toHaveLength(5);
  });

  it('answers a query that cannot be read as a search does', async () => {
    expect((await ask({ topic: '"open' })).content).toBe(
      messageOf(await person.run('search', { query: '"open' })).content,
    );
  });

  it('says why For you has no trend, and when there is too little to compare', async () => {
    expect((await ask({ topic: 'for you' })).content).toContain('For you has no trend');
    expect((await ask({ topic: 'agents', period: 'year' })).content).toContain(
      "don't have papers of two whole months",
    );
  });

  it('works in direct messages', async () => {
    const inDms = world.memberIn(world.discord.openDmWith(person.id).id);

    const { attachments } = messageOf(await inDms.run('trends', { topic: 'vision' }));

    expect(attachments).toHaveLength(1);
  });

  it('suggests built-in topics', async () => {
    expect((await person.suggestions('trends', 'topic2', 'diffusion')).join()).toContain('iffusion');
  });
});
