import { describe, expect, it } from 'vitest';
import { controlsOf } from '../../../../playground/discord/messages/controls.ts';
import { readPapers, textsOf } from '../../../../playground/discord/messages/read-papers.ts';
import type { Digest, DigestEntry } from '../../../../src/digest/choose.ts';
import { layOutAlone } from '../../../../src/discord/digests/lay-out-digest.ts';
import type { Paper } from '../../../../src/papers/paper.ts';
import { type PlannedStep, planStep } from '../../../../src/delivery/delivery.ts';
import type { Destination } from '../../../../src/subscriptions/destination.ts';
import { buildDestination } from '../../../support/build-destination.ts';
import { buildPaper } from '../../../support/build-paper.ts';
import { expectSendable, messageOfStep } from '../../../support/check-step.ts';
import { renderDigest, type RenderedForms, renderForms } from '../../../support/render-digest.ts';

const FORUM = { kind: 'channel', channelId: '1', guildId: '1', channelKind: 'forum' } as const;
const HOSTILE = '@everyone <@1> ```x``` \u202e\u0000[a](https://x.org) ||s|| **_`~';
/** Each as long, and as bad, as a paper can be. */
const WORST = [
  { title: `*_[${'A long title '.repeat(20)}`, abstract: 'Word '.repeat(2000) },
  {
    title: '多模态推理'.repeat(60),
    summary: '我们提出了一种新的方法。'.repeat(80),
    authors: ['王小明'.repeat(12)],
  },
  {
    title: HOSTILE.repeat(30),
    summary: HOSTILE.repeat(30),
    authors: Array.from({ length: 664 }, () => HOSTILE),
  },
  { title: '', summary: 'x'.repeat(2000), authors: [] },
];

function buildEntry(paper: Paper, listDay = '2026-06-09'): DigestEntry {
  return { paper: { ...paper, listDay, firstSeenAt: 0 }, topics: [] };
}

function buildEntries(count: number): DigestEntry[] {
  return Array.from({ length: count }, (_, at) => ({
    ...buildEntry(
      buildPaper({
        id: `2606.${String(at).padStart(5, '0')}`,
        organization: { slug: 'lab', name: `${HOSTILE} 清华大学`.repeat(4) },
        upvotes: 12_345,
        comments: 678,
        code: { url: `https://github.com/${'o'.repeat(60)}/${'r'.repeat(100)}`, stars: 123_456 },
        imageUrl: at % 2 === 0 ? 'https://cdn-uploads.huggingface.co/a.png' : 'javascript:alert(1)',
        ...WORST[at % WORST.length],
      }),
    ),
    topics: Array.from({ length: 25 }, (_none, topic) => `${HOSTILE} ${topic}`),
  }));
}

function buildDigest(entries: readonly DigestEntry[], about: Partial<Destination> = {}): Digest {
  return { id: 'abc1', destination: buildDestination(about), entries };
}

const papersOf = (steps: readonly PlannedStep[]) => steps.flatMap(({ papers }) => papers);
const idsOf = (entries: readonly DigestEntry[]) => entries.map(({ paper }) => paper.id);
const textOf = (step: RenderedForms | undefined, form: 'rich' | 'plain' = 'rich') =>
  step === undefined ? '' : textsOf(messageOfStep(step, form)).join('\n');
const customIdsOf = (step: RenderedForms | undefined) =>
  step === undefined
    ? []
    : controlsOf(messageOfStep(step)).flatMap((one) => ('custom_id' in one ? [one.custom_id] : []));

describe.each(['cards', 'compact', 'embeds', 'threads'] as const)('in style %s', (style) => {
  it.each([1, 2, 10, 24, 25, 26, 60, 126, 400])(
    'fits %i of the worst papers, each in exactly one step, within all limits',
    (count) => {
      const entries = buildEntries(count);

      const steps = renderDigest(buildDigest(entries, { style, max: 25 }));

      for (const step of steps) if (step.kind === 'message') expectSendable(step);
      expect(papersOf(steps)).toEqual(idsOf(entries));
      expect(steps.map(({ n }) => n)).toEqual([...steps.keys()]);
    },
  );

  it('shows each paper once, best first and numbered, with its topics', () => {
    const entries = Array.from({ length: 12 }, (_, at) => ({
      ...buildEntry(buildPaper({ id: `2606.${String(at + 10_000)}`, upvotes: 50 - at })),
      topics: ['Agents', 'mamba OR *'],
    }));

    const steps = renderDigest(buildDigest(entries, { style, max: 4 }));

    const messages = steps.filter(({ kind }) => kind === 'message');
    const shown = messages.flatMap((step) => readPapers(messageOfStep(step)));
    expect(shown.map(({ id, upvotes }) => [id, upvotes])).toEqual(
      entries.map(({ paper }) => [paper.id, paper.upvotes]),
    );
    const unnumbered = style === 'embeds' ? 4 : 0;
    expect(shown.map(({ number }) => number)).toEqual(
      entries.map((_, at) => (at < unnumbered ? undefined : at + 1)),
    );
    const text = messages.map((step) => textOf(step)).join('\n');
    expect(text.match(/\*Agents · mamba OR \\\*\*/g)).toHaveLength(12);
  });

  it('leaves out what is over the limit where the rest is hidden', () => {
    const steps = renderDigest(buildDigest(buildEntries(5), { style, overflow: 'hide', max: 2 }));

    expect(papersOf(steps)).toEqual(['2606.00000', '2606.00001']);
  });

  it('says the heading in the first message only, and mentions nobody yet', () => {
    const texts = renderDigest(buildDigest(buildEntries(60), { style, mention: '77' })).map((step) =>
      textOf(step),
    );

    expect(texts.length).toBeGreaterThan(1);
    expect(texts.map((text) => text.includes('60 papers'))).toEqual(texts.map((_, at) => at === 0));
    expect(texts.some((text) => text.includes('77>'))).toBe(false);
  });
});

describe('in a forum', () => {
  it.each([1, 25, 26, 400])('fits %i of the worst papers, each in one post, within all limits', (count) => {
    const entries = buildEntries(count);

    const steps = renderDigest(buildDigest(entries, { place: FORUM, max: 25 }));

    for (const step of steps) expectSendable(step);
    expect(papersOf(steps).toSorted()).toEqual(idsOf(entries));
    expect(steps.every(({ payload }) => Object(payload).name.length <= 100)).toBe(true);
  });

  it('sends the best post last, which ends on top, and the list first', () => {
    const steps = renderDigest(buildDigest(buildEntries(5), { place: FORUM, max: 2 }));

    expect(steps.map(({ n, papers }) => [n, papers])).toEqual([
      [0, ['2606.00002', '2606.00003', '2606.00004']],
      [1, ['2606.00001']],
      [2, ['2606.00000']],
    ]);
    expect(Object(steps[0]?.payload).name).toBe('Tue 9 June · 3 more papers');
    expect(textOf(steps[0])).toMatch(/^\*\*3\.\*\* \[/);
    expect(textOf(steps[2])).toMatch(/^\*\*\[/);
  });
});

it.each<[string, Destination['place']]>([
  ['a thread', { kind: 'channel', channelId: '1', guildId: '1', channelKind: 'thread' }],
  ['direct messages', { kind: 'dm', userId: '1', channelId: '2' }],
])('takes style threads for cards in %s', (_, place) => {
  const steps = renderDigest(buildDigest(buildEntries(3), { place, style: 'threads' }));

  expect(steps.map(({ kind }) => kind)).toEqual(['message']);
});

it('makes threads from the messages of their papers', () => {
  const steps = renderDigest(buildDigest(buildEntries(3), { style: 'threads', max: 2 }));

  expect(steps.map(({ n, kind, threadOf }) => [n, kind, threadOf])).toEqual([
    [0, 'message', undefined],
    [1, 'thread', 0],
    [2, 'message', undefined],
    [3, 'thread', 2],
    [4, 'message', undefined],
  ]);
});

it.each([
  [['2026-06-09'], 'Tue 9 June · 1 paper'],
  [['2026-06-09', '2026-06-08'], 'Tue 9 June · 2 papers, 1 from Mon 8 June'],
  [['2026-06-09', '2026-06-08', '2026-06-05'], 'Tue 9 June · 3 papers, 2 from earlier days'],
])('says of which days its papers are: %j', (days, heading) => {
  const entries = days.map((day, at) => buildEntry(buildPaper({ id: `2606.0000${at}` }), day));

  const [step] = renderDigest(buildDigest(entries));

  expect(textOf(step).split('\n')[0]).toBe(`## ${heading}`);
  expect(textOf(step, 'plain').split('\n')[0]).toBe(heading);
});

it('keeps eight usual cards together, and gives the list a message of its own', () => {
  const entries = Array.from({ length: 30 }, (_, at) =>
    buildEntry(
      buildPaper({
        id: `2606.${String(at + 10_000)}`,
        title: 'A title that is as long as the titles of most papers on a day like this'.slice(0, 76),
        summary: 'What the paper does is said in about two hundred characters. '.repeat(4),
        authors: ['Ada Lovelace', 'Grace Hopper', 'Alan Turing', 'Edsger Dijkstra'],
        upvotes: 40,
        code: { url: 'https://github.com/somebody/something', stars: 120 },
      }),
    ),
  );

  const steps = renderDigest(buildDigest(entries, { max: 8 }));

  expect(steps.map(({ papers }) => papers.length)).toEqual([8, 22]);
});

it('has a button that saves each card, and one picture, in a message of all the parts that Discord takes', () => {
  const imageUrl = 'https://cdn-uploads.huggingface.co/a.png';
  const ids = Array.from({ length: 9 }, (_, at) => `2606.0000${at}`);
  const entries = ids.map((id) => buildEntry(buildPaper({ id, imageUrl })));

  const [step, ...others] = renderDigest(buildDigest(entries, { max: 8 }));

  expect(others).toEqual([]);
  if (step !== undefined) expectSendable(step);
  expect(customIdsOf(step).filter((id) => id.startsWith('save:'))).toEqual(
    ids.slice(0, 8).map((id) => `save:v1:${id}`),
  );
  expect(JSON.stringify(step?.payload).match(/"type":12/g)).toHaveLength(1);
});

describe('what opens a paper', () => {
  it('is one menu for all papers of a message, by the step they belong to', () => {
    const [first, second] = renderDigest(buildDigest(buildEntries(30), { style: 'compact' }));

    expect(customIdsOf(first)).toEqual(['card:v1:abc1:0:0']);
    expect(customIdsOf(second)).toEqual(['card:v1:abc1:1:0']);
  });

  it('is a button with the id of a single paper, beside its links', () => {
    const paper = buildPaper({ id: '2606.00001', code: { url: 'https://github.com/a/b' } });

    const [step] = renderDigest(buildDigest([buildEntry(paper)]));

    const controls = step === undefined ? [] : controlsOf(messageOfStep(step));
    expect(customIdsOf(step)).toEqual(['card:v1:abc1:0:2606.00001', 'save:v1:2606.00001']);
    expect(controls.flatMap((one) => ('label' in one ? [one.label] : []))).toEqual([
      'Details',
      'Save',
      'Hugging Face',
      'arXiv',
      'PDF',
    ]);
  });
});

describe('a paper alone', () => {
  const two = buildEntries(2);
  const alone = (about: Partial<Destination>) => {
    const [step] = renderDigest(buildDigest(two, about));
    if (step === undefined) throw new Error('There is no step.');
    const find = (id: string) => two.find(({ paper }) => paper.id === id)?.paper;
    return layOutAlone(planStep(step, 0), [7, 9]).map((one) => renderForms(one, find));
  };

  it.each([
    ['as a card', {}],
    ['as an embed', { style: 'embeds' }],
    ['as a line, in a list', { style: 'compact' }],
  ] as const)('%s is one step of its own, which is found again by its number', (_, about) => {
    const steps = alone(about);

    steps.forEach(expectSendable);
    expect(steps).toMatchObject([
      { n: 7, kind: 'message', papers: ['2606.00000'] },
      { n: 9, kind: 'message', papers: ['2606.00001'] },
    ]);
    expect(customIdsOf(steps[0])).toEqual(['card:v1:abc1:7:2606.00000', 'save:v1:2606.00000']);
    expect(steps.map((step) => readPapers(messageOfStep(step)).map(({ id }) => id))).toEqual([
      ['2606.00000'],
      ['2606.00001'],
    ]);
  });

  it('is a post with its own title in a forum, also one of a list', () => {
    const [list] = renderDigest(buildDigest(two, { place: FORUM, max: 1 }));
    if (list === undefined) throw new Error('There is no list.');

    const [step] = layOutAlone(planStep(list, 0), [7]).map((one) => renderForms(one, () => two[1]?.paper));

    expect(step).toMatchObject({ n: 7, kind: 'forum-post', papers: ['2606.00001'] });
    expect(Object(step?.payload).name).toContain('多模态推理');
  });

  it('comes with the best last in a forum, where the latest post stands on top', () => {
    const three = buildEntries(3);
    const [list] = renderDigest(buildDigest(three, { place: FORUM, max: 1 }));
    if (list === undefined) throw new Error('There is no list.');

    const steps = layOutAlone(planStep(list, 0), [7, 9]);

    expect(steps.map(({ n, papers: [id] }) => [n, id])).toEqual([
      [7, '2606.00002'],
      [9, '2606.00001'],
    ]);
  });

  it('looks as it does in the digest, with its days instead of the heading and the number', () => {
    const [whole] = renderDigest(buildDigest(two.slice(0, 1)));

    const [first, ...rest] = textOf(alone({})[0]).split('\n').toReversed();
    expect(first).toBe('-# Published Fri 5 June 2026 · listed Tue 9 June 2026');
    expect(rest.toReversed()).toEqual(textOf(whole).split('\n').slice(1));
  });
});
