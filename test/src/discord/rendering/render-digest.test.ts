import { existsSync, globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { controlsOf } from '../../../../playground/discord/messages/controls.ts';
import { checkMessage } from '../../../../playground/discord/messages/message-limits.ts';
import type { Digest, DigestEntry } from '../../../../src/digest/digest.ts';
import { renderAlone, renderDigest } from '../../../../src/discord/rendering/render-digest.ts';
import type { Paper } from '../../../../src/papers/paper.ts';
import { Items, ListItem } from '../../../../src/sources/hugging-face/schema.ts';
import type { PlannedStep } from '../../../../src/delivery/delivery.ts';
import type { Destination } from '../../../../src/subscriptions/destination.ts';
import { buildDestination } from '../../../support/build-destination.ts';
import { buildPaper } from '../../../support/build-paper.ts';

const DATA = '../shared/data/huggingface/daily';

function buildEntry(paper: Paper, listDay = '2026-06-09'): DigestEntry {
  return { paper: { ...paper, listDay, firstSeenAt: 0 }, topics: [] };
}

function buildEntries(count: number): DigestEntry[] {
  return Array.from({ length: count }, (_, at) =>
    buildEntry(
      buildPaper({
        id: `2606.${String(at).padStart(5, '0')}`,
        title: `*_[${'A long title '.repeat(20)}`,
        abstract: 'Word '.repeat(2000),
      }),
    ),
  );
}

function buildDigest(entries: readonly DigestEntry[], about: Partial<Destination> = {}): Digest {
  return { id: 'abc1', destination: buildDestination(about), entries };
}

/** The longest that comes before a message when it is sent. */
const MENTION = '<@&12345678901234567890> ';

/** The messages of a step, as it is planned and as plain text, within Discord's limits also with the mention of a role. */
function checkStep({ payload, plain }: PlannedStep): void {
  const { message = payload } = Object(payload);
  for (const form of [message, { ...message, embeds: [], ...Object(plain) }])
    checkMessage({ ...form, content: MENTION + (form.content ?? '') });
}

function readMessages(digest: Digest) {
  return renderDigest(digest).map(({ payload }) => checkMessage(payload));
}

describe.each(['cards', 'compact'] as const)('in style %s', (style) => {
  it.each([1, 2, 10, 24, 25, 26, 60, 125, 126, 400, 1000])(
    'fits %i papers, each in exactly one step, within the limits',
    (count) => {
      const entries = buildEntries(count);
      const steps = renderDigest(buildDigest(entries, { style, max: 25 }));
      for (const step of steps) checkStep(step);
      expect(steps.flatMap(({ papers }) => papers)).toEqual(entries.map(({ paper }) => paper.id));
      expect(steps.map(({ n }) => n)).toEqual([...steps.keys()]);
    },
  );
});

it.each(['cards', 'compact'] as const)(
  'the topics that a paper matched are named on it in style %s',
  (style) => {
    const entries = buildEntries(2).map((entry) => ({ ...entry, topics: ['Agents', 'mamba OR *'] }));

    const [message] = readMessages(buildDigest(entries, { style, max: 1 }));

    const text = (message?.embeds ?? []).map(({ description }) => description).join('\n');
    expect(text.match(/\*Agents · mamba OR \\\*\*/g)).toHaveLength(2);
  },
);

describe.each([
  ['in style threads', { style: 'threads' }],
  ['in a forum', { place: { kind: 'channel', channelId: '1', guildId: '1', channelKind: 'forum' } }],
] as const)('%s', (_, about) => {
  it.each([1, 25, 26, 400, 1000])(
    'fits %i papers, each in one step with papers, within the limits',
    (count) => {
      const entries = buildEntries(count);
      const steps = renderDigest(buildDigest(entries, { ...about, max: 25 }));

      for (const step of steps) {
        if (step.kind !== 'thread') checkStep(step);
      }
      const names = steps.map(({ payload }) => String(Object(payload).name ?? ''));
      expect(Math.max(...names.map((name) => name.length))).toBeLessThanOrEqual(100);
      expect(steps.length).toBeLessThan(1000);
      expect(steps.map(({ n }) => n)).toEqual([...steps.keys()]);
      expect(steps.flatMap(({ papers }) => papers)).toEqual(entries.map(({ paper }) => paper.id));
    },
  );

  it('leaves out what is over the limit where the rest is hidden', () => {
    const steps = renderDigest(buildDigest(buildEntries(5), { ...about, overflow: 'hide', max: 2 }));

    expect(steps.flatMap(({ papers }) => papers)).toHaveLength(2);
  });
});

it.each<[string, Destination['place']]>([
  ['a thread', { kind: 'channel', channelId: '1', guildId: '1', channelKind: 'thread' }],
  ['direct messages', { kind: 'dm', userId: '1', channelId: '2' }],
])('takes style threads for cards in %s', (_, place) => {
  const entries = buildEntries(3);

  const steps = renderDigest(buildDigest(entries, { place, style: 'threads' }));

  expect(steps.map(({ kind }) => kind)).toEqual(['message']);
});

it('says the days and how many papers are of each', () => {
  const paper = buildPaper({ id: '2606.00001' });
  const other = buildPaper({ id: '2606.00002' });
  const entries = [buildEntry(paper), buildEntry(other, '2026-06-08')];
  expect(readMessages(buildDigest(entries))[0]?.content).toBe('Tue 9 June · 2 papers, 1 from Mon 8 June');
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

it('says the heading in the first message only, and mentions nobody yet', () => {
  const payloads = renderDigest(buildDigest(buildEntries(300), { mention: '77' })).map(({ payload }) =>
    JSON.stringify(payload),
  );

  expect(payloads.length).toBeGreaterThan(1);
  expect(payloads.map((text) => text.includes('300 papers'))).toEqual(payloads.map((_, at) => at === 0));
  expect(payloads.some((text) => text.includes('77>'))).toBe(false);
});

describe('a paper alone', () => {
  const [entry] = buildEntries(1);
  if (entry === undefined) throw new Error('There is no paper.');
  const lone = { deliveryId: 'abc1', n: 7, kind: 'message', style: 'cards', paper: entry } as const;

  it.each([
    ['as a card', lone],
    ['as a line, in a list', { ...lone, style: 'compact' }],
    ['as a post of a forum', { ...lone, kind: 'forum-post' }],
    ['that the archive has no more', { ...lone, paper: '2606.00000' }],
    ['as a post that the archive has no more', { ...lone, kind: 'forum-post', paper: '2606.00000' }],
  ] as const)('%s is one step of its own, which is found again by its number', (_, given) => {
    const step = renderAlone(given);

    checkStep(step);
    expect(step).toMatchObject({ n: 7, kind: given.kind, papers: ['2606.00000'] });
    expect(JSON.stringify(step.payload)).toContain('"custom_id":"card:v1:abc1:7:0"');
    expect(JSON.stringify(step.payload)).toContain('https://huggingface.co/papers/2606.00000');
  });

  it('looks as it does in the digest, without the heading', () => {
    const [whole] = renderDigest(buildDigest([entry]));

    const { embeds } = checkMessage(renderAlone(lone).payload);

    expect(embeds).toEqual(checkMessage(whole?.payload).embeds);
    expect(checkMessage(renderAlone(lone).payload).content).toBeUndefined();
  });
});

it('leaves out what is over the limit where the rest is hidden, and names none of it', () => {
  const steps = renderDigest(buildDigest(buildEntries(5), { overflow: 'hide', max: 2 }));
  expect(steps).toHaveLength(1);
  expect(checkMessage(steps[0]?.payload).embeds).toHaveLength(2);
  expect(steps[0]?.papers).toHaveLength(2);
});

it('gives menus that open each paper, by the step they belong to', () => {
  const [first] = readMessages(buildDigest(buildEntries(30), { style: 'compact' }));
  const ids = controlsOf({ components: first?.components ?? [] }).map((one) => Reflect.get(one, 'custom_id'));
  expect(ids[0]).toBe('card:v1:abc1:0:0');
});

describe('a whole digest', () => {
  const papers = [
    buildPaper({ id: '2606.00001', title: 'First *light*', upvotes: 12, comments: 2 }),
    buildPaper({ id: '2606.00002', title: 'Second', upvotes: 1 }),
  ];
  const entries = papers.map((paper) => buildEntry(paper));
  const components = [
    {
      type: 1,
      components: [
        {
          type: 3,
          custom_id: 'card:v1:abc1:0:0',
          placeholder: 'Open a paper',
          options: [
            { label: 'First *light*', value: '2606.00001', description: '12 upvotes' },
            { label: 'Second', value: '2606.00002', description: '1 upvote' },
          ],
        },
      ],
    },
  ];
  const line = '[First \\*light\\*](https://huggingface.co/papers/2606.00001) · ▲\u00a012';
  const second = '[Second](https://huggingface.co/papers/2606.00002) · ▲\u00a01';

  it('of lines', () => {
    expect(renderDigest(buildDigest(entries, { style: 'compact' }))).toEqual([
      {
        n: 0,
        kind: 'message',
        papers: ['2606.00001', '2606.00002'],
        payload: {
          components,
          content: 'Tue 9 June · 2 papers',
          embeds: [{ description: `${line}\n${second}` }],
        },
        plain: {
          content: `Tue 9 June · 2 papers\n${line}\n${second}`,
          flags: 4,
        },
      },
    ]);
  });

  it('of a card and a line', () => {
    const [step] = renderDigest(buildDigest(entries, { max: 1 }));
    expect(step?.payload).toEqual({
      components,
      content: 'Tue 9 June · 2 papers',
      embeds: [
        {
          color: 0xffd21e,
          title: 'First \\*light\\*',
          url: 'https://huggingface.co/papers/2606.00001',
          description: 'Ada Lovelace\nWhat was done, and what came of it.\n▲\u00a012 · 2 comments',
          thumbnail: { url: papers[0]?.imageUrl },
        },
        { description: second },
      ],
    });
  });
});

describe.skipIf(!existsSync(DATA))('real days', () => {
  it.each(globSync(`${DATA}/*.json`).slice(0, 40))('fit within the limits: %s', (file) => {
    const parsed = Items.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    const papers = (parsed.data ?? []).flatMap((item) => ListItem.safeParse(item).data ?? []);
    if (papers.length === 0) return;
    const entries = papers.map((paper) => buildEntry(paper));
    const steps = renderDigest(buildDigest(entries));
    for (const step of steps) checkStep(step);
    expect(steps.flatMap((step) => step.papers)).toHaveLength(papers.length);
  });
});
