import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type CommandWorld,
  DAY,
  mentioningAnswers,
  menuOf,
  startCommandWorld,
  textOf,
} from '../../support/command-world.ts';
import { buildItem } from '../../support/world.ts';

const LONG = '模型 @everyone **_[x](https://x.example)_** '.repeat(90);

/** With everything that a paper can have, as long as it can be. */
function buildHostile(id: string) {
  const item = buildItem(id, 9_999_999, DAY);
  const named = { name: 'evil', fullname: LONG };
  const linked = Array.from({ length: 3 }, (_, at) => ({ id: `${'_'.repeat(49)}/${'_'.repeat(49)}${at}` }));
  const paper = {
    ...item.paper,
    title: `needle ${LONG}`,
    summary: `needle ${LONG.repeat(4)}`,
    ai_summary: LONG,
    authors: Array.from({ length: 20 }, () => ({ name: LONG, hidden: false })),
    organization: named,
    submittedOnDailyBy: named,
    githubRepo: `https://github.com/${'a'.repeat(30)}/${'b'.repeat(80)}`,
    githubStars: 9_999_999,
    linkedModels: linked,
    linkedDatasets: linked,
    linkedSpaces: linked,
    numTotalModels: 9_999_999,
    numTotalDatasets: 9_999_999,
    numTotalSpaces: 9_999_999,
    mediaUrls: ['https://cdn-uploads.huggingface.co/a.png'],
  };
  return { ...item, paper, numComments: 9_999_999 };
}

/** The stand-in refuses, as Discord does, what is over a limit. */
describe('papers of which everything is as long as can be', { timeout: 60_000 }, () => {
  let world: CommandWorld;

  beforeEach(async () => {
    const papers = Array.from({ length: 12 }, (_, at) => buildHostile(`2606.100${at + 10}`));
    world = await startCommandWorld({ papers: 0, days: new Map([[DAY, papers]]) });
  });
  afterEach(() => world.stop());

  it.each([
    ['papers', {}, 10],
    ['trending', {}, 10],
    ['search', { query: 'needle' }, 5],
    ['search', { query: 'needl', since: '2026-01-01', min_upvotes: 1 }, 5],
    ['paper', { paper: 'needle' }, 8],
  ])('are listed by /%s %o', async (command, options, papers) => {
    const reply = await world.member.run(command, options);

    expect(menuOf(reply).values).toHaveLength(papers);
    expect(textOf(reply)).not.toContain('@everyone');
    expect(mentioningAnswers(world)).toEqual([]);
  });

  it('have a card, and room below it for the abstract and the outline', async () => {
    const card = await world.member.run('paper', { paper: '2606.10010' });
    const abstract = await world.member.press(card, 'Abstract');
    const outline = await world.member.press(abstract, 'Outline');

    expect(textOf(abstract).length).toBeGreaterThan(textOf(card).length + 200);
    expect(textOf(outline)).toContain('Introduction');
    expect(textOf(abstract)).not.toContain('@everyone');
  });

  it('have a card with room for tags and the beginning of a note, and for the abstract below', async () => {
    const card = await world.member.press(await world.member.run('paper', { paper: '2606.10010' }), 'Save');
    const tags = Array.from({ length: 10 }, (_, at) => String(at).repeat(25));
    const form = await world.member.press(card, 'Note and tags');

    const kept = await world.member.submit(form, { note: 'word '.repeat(200), tags: tags.join(', ') });
    const abstract = await world.member.press(kept, 'Abstract');

    expect(textOf(kept)).toContain(`In your library · ${tags.join(' · ')}\n> word word`);
    expect(textOf(abstract)).toMatch(/ · 9{25}\n> word .*\nneedle 模型/s);
  });

  it.each([3, 4, 10])('are found in a message that links to %i', async (papers) => {
    const links = Array.from({ length: papers }, (_, at) => `https://arxiv.org/abs/2606.100${at + 10}`);
    const message = world.discord.say(world.channelId, links.join(' '));
    const verbs = world.discord.act(world.member.id, { channelId: world.channelId });

    expect(menuOf(await verbs.messageCommand('Find papers', message.id)).values).toHaveLength(papers);
  });

  it.each([3, 4])('are found, %i beside others that nobody knows, which are named', async (count) => {
    const ids = Array.from({ length: 12 }, (_, at) =>
      at < count ? `2606.100${at + 10}` : `2606.999${at + 10}`,
    );
    const message = world.discord.say(
      world.channelId,
      ids.map((id) => `https://arxiv.org/abs/${id}`).join(' '),
    );
    const verbs = world.discord.act(world.member.id, { channelId: world.channelId });

    const reply = await verbs.messageCommand('Find papers', message.id);

    expect(textOf(reply)).toContain("I couldn't find");
    expect(menuOf(reply).values).toHaveLength(count);
  });
});
