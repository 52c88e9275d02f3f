import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { controlsOf } from '../../../../playground/discord/messages/controls.ts';
import { textsOf } from '../../../../playground/discord/messages/read-papers.ts';
import { type Delivery, stepOf } from '../../../../src/delivery/delivery.ts';
import {
  changeStep,
  openTransportWorld,
  planDelivery,
  type TransportWorld,
} from '../../../support/transport-world.ts';

let world: TransportWorld;
let channelId: string;
let delivery: Delivery;

beforeEach(async () => {
  world = await openTransportWorld();
  channelId = world.discord.addChannel(world.guildId, 'papers').id;
  delivery = planDelivery(world.placeIn(channelId), ['First']);
});
afterEach(() => world.discord.close());

const messages = () => world.discord.messagesOf(channelId);
const posts = () => world.asked('POST', /messages$/);

describe('a message', () => {
  it('is posted once, however often it is sent within the life of its nonce', async () => {
    const first = await world.send(delivery, 0);

    expect(await world.send(delivery, 0)).toEqual(first);
    expect(first).toEqual({ kind: 'sent', messageId: messages()[0]?.id });
    expect(messages().map(({ nonce }) => nonce)).toEqual(['abcdefgh12345678-0']);
  });

  it('that somebody deleted meanwhile counts as sent', async () => {
    await world.send(delivery, 0);
    world.discord.deleteMessage(channelId, messages()[0]?.id ?? '');

    expect(await world.send(delivery, 0)).toEqual({ kind: 'sent-and-deleted' });
    expect(messages()).toEqual([]);
  });

  it('has the number of its step in its nonce and controls, wherever it stands in the list', async () => {
    const moved = {
      ...delivery,
      steps: planDelivery(delivery.place, ['First', 'Second'], { style: 'threads' }).steps.slice(2),
    };

    await world.send(moved, 2);

    expect(messages()[0]?.nonce).toBe('abcdefgh12345678-2');
    const [control] = controlsOf(messages()[0] ?? { components: [] });
    expect(control).toMatchObject({ custom_id: 'card:v1:abcdefgh12345678:2:2606.00001' });
  });

  it('goes as plain text when it is to', async () => {
    await world.send(changeStep(delivery, 0, { form: 'plain' }), 0);

    expect(messages()[0]).toMatchObject({ flags: 4, components: [{ type: 1 }] });
    expect(messages()[0]?.content).toContain('[First](https://huggingface.co/papers/2606.00000)');
  });

  it.each(['rich', 'plain'] as const)(
    'mentions the role that it is sent with, and nobody else: %s',
    async (form) => {
      const role = world.discord.addRole(world.guildId, 'Readers', { mentionable: true }).id;
      const many = planDelivery(delivery.place, [
        '@everyone',
        ...Array.from({ length: 9 }, () => 'x'.repeat(250)),
      ]);
      const given = changeStep(many, 0, { form });

      await world.send(given, 0, { role });
      await world.send(changeStep(given, 0, { n: 9 }), 9);

      const [first, second] = messages();
      const [mentioning = '', plain = ''] = [first, second].map((one) =>
        one ? textsOf(one).join('\n') : '',
      );
      expect(mentioning).toMatch(new RegExp(`^<@&${role}>\\s(?:## )?Tue 9 June`));
      expect(first?.mention_roles).toEqual([role]);
      expect(plain).toMatch(/^(?:## )?Tue 9 June/);
      expect(second?.mention_roles).toEqual([]);
      expect(messages().some(({ mention_everyone: everyone }) => everyone)).toBe(false);
    },
  );

  it('mentions the role alone where it has no heading', async () => {
    const payload = { embeds: [{ description: 'A card' }] };

    await world.send(delivery, 0, { payload, role: '100000000000000077' });

    expect(messages()[0]?.content).toBe('<@&100000000000000077>');
  });
});

describe('what Discord answers', () => {
  it.each([
    [403, 50_013, { kind: 'blocked', code: 50_013 }],
    [404, 10_003, { kind: 'gone', code: 10_003 }],
    [403, 50_007, { kind: 'dms-closed', code: 50_007 }],
    [400, 50_035, { kind: 'content', code: 50_035 }],
    [400, 160_006, { kind: 'blocked', code: 160_006 }],
    [400, 40_006, { kind: 'failed' }],
    [401, 0, { kind: 'fatal' }],
    [500, 0, { kind: 'unclear' }],
    [500, 50_035, { kind: 'unclear' }],
  ])('with status %i and code %i is its outcome, and it is asked once', async (status, code, outcome) => {
    world.discord.fail({ route: /messages/, status, code });

    expect(await world.send(delivery, 0)).toMatchObject(outcome);
    expect(posts()).toHaveLength(1);
  });

  it.each([400, 401, 403, 404, 413, 502])(
    'is not what a proxy answers with status %i in HTML: it stays unclear, and can be sent again',
    async (status) => {
      world.discord.fail({ route: /messages/, status, body: 'html' });

      expect(await world.send(delivery, 0)).toMatchObject({ kind: 'unclear' });
      expect(await world.send(delivery, 0)).toMatchObject({ kind: 'sent' });
    },
  );

  it.each(['drop-before', 'drop-after', 'cut-off'] as const)(
    'is unclear when the connection breaks, and it is asked once: %s',
    async (drop) => {
      world.discord.fail({ route: /messages/, drop });

      expect(await world.send(delivery, 0)).toMatchObject({ kind: 'unclear' });
      expect(posts()).toHaveLength(1);
    },
  );

  it('for one request too many says how long to wait', async () => {
    world.discord.fail({ route: /messages/, limit: 'shared' });

    expect(await world.send(delivery, 0)).toMatchObject({ kind: 'failed', retryAfterMs: 1050 });
  });

  it('in place of Discord, by Cloudflare, is unclear, and lets everything wait', async () => {
    world.discord.fail({ route: /messages/, limit: 'cloudflare' });

    expect(await world.send(delivery, 0)).toMatchObject({ kind: 'unclear', retryAfterMs: 60_000 });
    const next = await world.send(delivery, 0);

    expect(next).toMatchObject({ kind: 'failed' });
    expect(Number(Reflect.get(next, 'retryAfterMs'))).toBeGreaterThan(50_000);
    expect(posts()).toHaveLength(1);
  });

  it('tells a server that the bot was thrown out of from a channel that it may not see', async () => {
    world.discord.setBotPermissions(channelId, 0n);
    expect(await world.send(delivery, 0)).toMatchObject({ kind: 'blocked', code: 50_001 });

    world.discord.removeBot(world.guildId);

    expect(await world.send(delivery, 0)).toMatchObject({ kind: 'gone', code: 10_004 });
  });

  it('stays fatal after a refused token', async () => {
    world.discord.fail({ route: /messages/, status: 401 });
    await world.send(delivery, 0);

    expect(await world.send(delivery, 0)).toMatchObject({ kind: 'fatal' });
    expect(await world.lookUp(delivery, 0)).toMatchObject({ kind: 'fatal' });
    expect(posts()).toHaveLength(1);
  });
});

it('is held back when it may not leave any more, or the process stops', async () => {
  expect(await world.send(delivery, 0, { mayLeave: () => false })).toEqual({ kind: 'held-back' });
  world.limiter.stop();
  expect(await world.send(delivery, 0)).toEqual({ kind: 'held-back' });

  expect(posts()).toEqual([]);
});

describe('direct messages', () => {
  it('keep the limit of their own channel', async () => {
    const { memberId } = world.discord;
    const opened = await world.transport.openDm(memberId, new AbortController().signal);
    if (opened.kind !== 'opened') throw new Error(opened.message);
    const place = { kind: 'dm', userId: memberId, channelId: opened.channelId } as const;
    const steps = planDelivery(place, ['First']).steps;
    const many = {
      ...delivery,
      place,
      steps: [0, 1, 2, 3, 4, 5].map((n) => ({ ...stepOf({ ...delivery, steps }, 0), n })),
    };

    const answers = [];
    for (const { n } of many.steps) answers.push(await world.send(many, n));

    expect(answers.map(({ kind }) => kind)).toEqual(['sent', 'sent', 'sent', 'sent', 'sent', 'failed']);
    expect(Number(Reflect.get(Object(answers[5]), 'retryAfterMs'))).toBeGreaterThan(500);
    expect(world.discord.requests.filter(({ status }) => status === 429)).toEqual([]);
  });
});

describe('threads under messages', () => {
  const send = async (titles: readonly string[]) => {
    let threads = planDelivery(world.placeIn(channelId), titles, { style: 'threads' });
    const kinds: string[] = [];
    for (const { n, threadOf } of threads.steps) {
      const parent = threads.steps.find((step) => step.n === threadOf)?.messageId;
      const answer = await world.send(threads, n, { parentMessageId: parent });
      kinds.push(answer.kind);
      if (answer.kind === 'sent') threads = changeStep(threads, n, { messageId: answer.messageId });
    }
    return { threads, kinds };
  };
  const names = () =>
    Object.values(world.discord.state.channels)
      .filter(({ parent_id: parent }) => parent === channelId)
      .map(({ name }) => name);

  it('are made from the message of each paper, and named after it', async () => {
    const { kinds } = await send(['First', `${'x'.repeat(94)} words that are too many`]);

    expect(kinds).toEqual(['sent', 'sent', 'sent', 'sent']);
    expect(names()).toEqual(['First', `${'x'.repeat(94)}…`]);
  });

  it('stay open for three days, as long as their messages change', async () => {
    await send(['First']);

    const [thread] = Object.values(world.discord.state.channels).filter(
      ({ parent_id: parent }) => parent === channelId,
    );
    expect(thread?.thread_metadata?.auto_archive_duration).toBe(3 * 24 * 60);
  });

  it('that are there already count as made', async () => {
    const { threads } = await send(['First']);
    const parentMessageId = stepOf(threads, 0).messageId;

    expect(await world.send(threads, 1, { parentMessageId })).toEqual({
      kind: 'sent',
      messageId: parentMessageId,
    });
    expect(names()).toEqual(['First']);
  });

  it.each([
    ['the server has too many', { status: 400, code: 160_006 }, 'skipped'],
    ['the bot may not make them', { status: 403, code: 50_013 }, 'skipped'],
    ['the message was deleted', { status: 404, code: 10_008 }, 'skipped'],
    ['their names are not taken', { status: 400, code: 200_001 }, 'skipped'],
    ['there were too many requests', { limit: 'shared' }, 'failed'],
    ['Discord fails', { status: 500 }, 'unclear'],
  ] as const)('are done without only when Discord refuses them: %s', async (_, failure, kind) => {
    world.discord.fail({ route: /threads/, ...failure });

    expect((await send(['First'])).kinds).toEqual(['sent', kind]);
  });
});
