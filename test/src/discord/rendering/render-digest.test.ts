import { existsSync, globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { controlsOf } from '../../../../playground/discord/messages/controls.ts';
import { checkMessage } from '../../../../playground/discord/messages/message-limits.ts';
import type { Digest, DigestEntry } from '../../../../src/digest/digest.ts';
import { renderDigest } from '../../../../src/discord/rendering/render-digest.ts';
import type { Paper } from '../../../../src/papers/paper.ts';
import { Items, ListItem } from '../../../../src/sources/hugging-face/schema.ts';
import type { Destination } from '../../../../src/subscriptions/destination.ts';
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
  const destination: Destination = {
    id: 'c123456789012345678',
    place: { kind: 'channel', channelId: '123456789012345678', guildId: '1', channelKind: 'text' },
    schedule: { at: 540, zone: 'Etc/UTC', days: [1] },
    style: 'cards',
    max: 10,
    rest: 'list',
    scheduledSince: 0,
    createdAt: 0,
    ...about,
  };
  return { id: 'abc1', destination, entries, mention: true };
}

/** The message as it is sent when Discord calls the other one malformed. */
function asPlain(payload: unknown, plainPayload: unknown): object {
  return { ...Object(payload), embeds: [], ...Object(plainPayload) };
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
      for (const { payload, plainPayload } of steps) {
        checkMessage(payload);
        checkMessage(asPlain(payload, plainPayload));
      }
      expect(steps.flatMap(({ paperIds }) => paperIds)).toEqual(entries.map(({ paper }) => paper.id));
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
      const steps = renderDigest(buildDigest(entries, { ...about, max: 25, mention: '77' }));

      for (const { payload, plainPayload } of steps) {
        const { name = '', of, message = payload } = Object(payload);
        expect(name.length).toBeLessThanOrEqual(100);
        if (of !== undefined) continue;
        checkMessage(message);
        checkMessage(asPlain(message, plainPayload));
      }
      expect(steps.length).toBeLessThan(1000);
      expect(steps.map(({ mention }) => mention)).toEqual(
        steps.map((_step, at) => (at === 0 ? true : undefined)),
      );
      expect(steps.flatMap(({ paperIds }) => paperIds)).toEqual(entries.map(({ paper }) => paper.id));
    },
  );

  it('leaves out what is over the limit where the rest is hidden', () => {
    const steps = renderDigest(buildDigest(buildEntries(5), { ...about, rest: 'hide', max: 2 }));

    expect(steps.flatMap(({ paperIds }) => paperIds)).toHaveLength(2);
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

it('mentions the role once, in the first message only', () => {
  const payloads = renderDigest(buildDigest(buildEntries(300), { mention: '77' })).map(({ payload }) =>
    JSON.stringify(payload),
  );
  expect(payloads.length).toBeGreaterThan(1);
  expect(payloads.map((text) => text.includes('<@&77>'))).toEqual(payloads.map((_, at) => at === 0));
  expect(payloads[0]).toContain('"allowed_mentions":{"parse":[],"roles":["77"]}');
  expect(payloads[1]).toContain('"allowed_mentions":{"parse":[]}');
});

it('leaves out what is over the limit where the rest is hidden, and names none of it', () => {
  const steps = renderDigest(buildDigest(buildEntries(5), { rest: 'hide', max: 2 }));
  expect(steps).toHaveLength(1);
  expect(checkMessage(steps[0]?.payload).embeds).toHaveLength(2);
  expect(steps[0]?.paperIds).toHaveLength(2);
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
        kind: 'message',
        payload: {
          allowed_mentions: { parse: [] },
          components,
          content: 'Tue 9 June · 2 papers',
          embeds: [{ description: `${line}\n${second}` }],
        },
        plainPayload: {
          content: `Tue 9 June · 2 papers\n${line}\n${second}`,
          flags: 4,
        },
        paperIds: ['2606.00001', '2606.00002'],
      },
    ]);
  });

  it('of a card and a line', () => {
    const [step] = renderDigest(buildDigest(entries, { max: 1 }));
    expect(step?.payload).toEqual({
      allowed_mentions: { parse: [] },
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
    for (const { payload, plainPayload } of steps) {
      checkMessage(payload);
      checkMessage(asPlain(payload, plainPayload));
    }
    expect(steps.flatMap(({ paperIds }) => paperIds)).toHaveLength(papers.length);
  });
});
