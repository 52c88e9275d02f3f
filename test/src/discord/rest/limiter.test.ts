import { describe, expect, it } from 'vitest';
import { createLimiter, type Lane, type Rank } from '../../../../src/discord/rest/limiter.ts';
import { AskedToWaitError, HeldBackError } from '../../../../src/discord/rest/request-errors.ts';
import { createScriptedClock, letRun } from '../../../support/scripted-clock.ts';

function open() {
  const scripted = createScriptedClock(0);
  /** Whoever may go gets to run before the time moves. */
  const passTo = async (instant: number) => {
    await letRun();
    await scripted.passTo(instant);
  };
  const clock = { ...scripted, passTo };
  const logged: string[] = [];
  const log = (level: string) => (_: object, message: string) => void logged.push(`${level}: ${message}`);
  const limiter = createLimiter({
    clock,
    log: { info: log('info'), warn: log('warn'), error: log('error') },
    requestsPerSecond: 48,
  });
  const sent: string[] = [];
  const send = (
    name: string,
    { takes = 0, rank = 'delivery' }: { readonly takes?: number; readonly rank?: Rank } = {},
  ) =>
    limiter.run({
      rank,
      start: async () => {
        sent.push(`${name} at ${clock.now()}`);
        await clock.sleep(takes);
        return name;
      },
    });
  const sendIn = (lane: Lane, name: string, signal?: AbortSignal) => {
    const task = async () => void sent.push(`${name} at ${clock.now()}`);
    return limiter.inLane(lane, task, signal);
  };
  return { clock, limiter, logged, sent, send, sendIn };
}

function busiestSecond(instants: readonly number[]): number {
  return Math.max(...instants.map((from) => instants.filter((at) => at >= from && at < from + 1000).length));
}

describe('at full speed', () => {
  it('never has more than 49 requests in any second of the other side, however long the way is', async () => {
    const { clock, limiter } = open();
    const arrivals: number[] = [];
    const start = async () => {
      await clock.sleep(10 + ((arrivals.length * 7919) % 180));
      arrivals.push(clock.now());
      await clock.sleep(5);
    };

    for (let index = 0; index < 400; index += 1) void limiter.run({ start });
    await clock.passTo(20_000);

    expect(arrivals).toHaveLength(400);
    expect(busiestSecond(arrivals)).toBeLessThanOrEqual(49);
    expect(busiestSecond(arrivals)).toBeGreaterThan(40);
  });

  it('sends 48 in a second over a steady way', async () => {
    const { clock, limiter } = open();
    const instants: number[] = [];
    const start = async () => {
      instants.push(clock.now());
      await clock.sleep(30);
    };

    for (let index = 0; index < 480; index += 1) void limiter.run({ start });
    await clock.passTo(30_000);

    expect(instants).toHaveLength(480);
    expect(Math.max(...instants)).toBeLessThan(10_200);
  });

  it('goes on at its pace when the machine gets the time of day wrong', async () => {
    const { clock, send, sent } = open();
    const dateNow = Date.now;
    Date.now = () => dateNow() - clock.now() * 3600;
    try {
      for (let index = 0; index < 120; index += 1) void send(String(index));
      await clock.passTo(3000);
    } finally {
      Date.now = dateNow;
    }

    expect(sent).toHaveLength(120);
  });

  it('lets what a person waits for go first', async () => {
    const { clock, send, sent } = open();
    for (let index = 0; index < 100; index += 1) void send('digest');
    await letRun();

    void send('reply', { rank: 'person' });
    await clock.passTo(3000);

    expect(sent.findIndex((line) => line.startsWith('reply'))).toBeLessThan(10);
  });

  it('lets digests go before the edits that waited longer, and at their full pace', async () => {
    const { clock, send, sent } = open();
    for (let index = 0; index < 500; index += 1) void send('edit', { rank: 'edit' });
    await letRun();

    for (let index = 0; index < 96; index += 1) void send('digest');
    await clock.passTo(2200);
    const last = sent.findLastIndex((line) => line.startsWith('digest'));
    expect(sent.filter((line) => line.startsWith('digest'))).toHaveLength(96);
    expect(sent.slice(0, last).filter((line) => line.startsWith('edit')).length).toBeLessThan(10);

    await clock.passTo(30_000);
    expect(sent).toHaveLength(596);
  });

  it('lets no edit between digests that come one by one, but leaves it what they do not need', async () => {
    const { clock, send, sent } = open();
    const edits = () => sent.filter((line) => line.startsWith('edit')).length;
    const trickle = async (perSecond: number, seconds: number) => {
      const end = clock.now() + seconds * 1000;
      for (; clock.now() < end; await clock.passTo(clock.now() + 1000 / perSecond)) void send('digest');
    };
    await trickle(40, 1);

    for (let index = 0; index < 20; index += 1) void send('edit', { rank: 'edit' });
    await trickle(40, 5);
    expect(edits()).toBe(0);

    await trickle(10, 5);
    expect(edits()).toBe(20);
  });
});

it('hands on what was answered, and what went wrong', async () => {
  const { limiter, send } = open();
  const failing = limiter.run({ start: () => Promise.reject(new Error('no connection')) });

  await expect(failing).rejects.toThrow('no connection');
  expect(await send('a')).toBe('a');
});

it('gives no place and no time to requests that do not leave', async () => {
  const { clock, limiter, send, sent } = open();
  const refused = Array.from({ length: 200 }, () =>
    limiter.run({
      start: () => {
        throw new HeldBackError();
      },
    }),
  );

  const results = Promise.allSettled(refused);
  void send('a');
  await clock.passTo(1);

  expect(sent).toEqual(['a at 0']);
  expect((await results).every(({ status }) => status === 'rejected')).toBe(true);
});

describe('direct messages', () => {
  it('go slower than the rest, which does not wait for them', async () => {
    const { clock, send, sendIn, sent } = open();

    for (let index = 0; index < 12; index += 1) void sendIn('dm', 'dm');
    for (let index = 0; index < 5; index += 1) void send('channel');
    await clock.passTo(900);
    expect(sent.filter((line) => line.startsWith('dm'))).toHaveLength(4);
    expect(sent.filter((line) => line.startsWith('channel'))).toHaveLength(5);
    await clock.passTo(2100);

    expect(sent.filter((line) => line.startsWith('dm'))).toHaveLength(12);
  });

  it('are opened one at a time, five seconds apart', async () => {
    const { clock, sendIn, sent } = open();

    for (const name of ['a', 'b', 'c']) void sendIn('open-dm', name);
    await clock.passTo(60_000);

    expect(sent).toEqual(['a at 0', 'b at 5000', 'c at 10000']);
  });

  it('are not opened any more for somebody who does not want to wait', async () => {
    const { clock, sendIn, sent } = open();
    const stopping = new AbortController();
    void sendIn('open-dm', 'a');
    const waiting = sendIn('open-dm', 'b', stopping.signal);
    void sendIn('open-dm', 'c');

    stopping.abort();

    await expect(waiting).rejects.toThrow(HeldBackError);
    await clock.passTo(60_000);
    expect(sent).toEqual(['a at 0', 'c at 5000']);
  });

  it('rest alone when Discord says that too many were opened', async () => {
    const { clock, limiter, send, sendIn, sent } = open();
    limiter.rest({ of: 'dms', ms: 1_800_000 }, {});

    await expect(sendIn('dm', 'dm')).rejects.toMatchObject({ retryAfter: 1_800_000 });
    await expect(sendIn('open-dm', 'dm')).rejects.toThrow(AskedToWaitError);
    await send('channel');
    await clock.passTo(1_800_000);
    await sendIn('dm', 'dm');

    expect(sent).toEqual(['channel at 0', 'dm at 1800000']);
  });
});

describe('a rest of everything', () => {
  it('refuses what comes and what waits, saying how long to wait, and is logged and counted once', async () => {
    const { clock, limiter, logged, send, sendIn, sent } = open();
    const waiting = Promise.allSettled(Array.from({ length: 60 }, () => send('a', { takes: 2000 })));
    await clock.passTo(500);
    const before = sent.length;
    for (const ms of [60_000, 59_990]) limiter.rest({ of: 'everything', ms }, { status: 429 });

    await expect(send('b')).rejects.toMatchObject({ retryAfter: 60_000 });
    await expect(sendIn('dm', 'c')).rejects.toThrow(AskedToWaitError);
    await clock.passTo(60_500);
    await send('d');

    expect((await waiting).filter(({ status }) => status === 'rejected').length).toBe(60 - before);
    expect(sent.slice(before)).toEqual(['d at 60500']);
    expect(logged).toEqual(['warn: Discord asks to rest']);
    expect(limiter.status()).toMatchObject({ rests: 1, restsForMs: 0, waiting: 0 });
  });

  it('comes before Discord shuts the bot out for too many invalid requests', async () => {
    const { clock, limiter, logged, send } = open();
    for (let index = 0; index < 1999; index += 1) limiter.countInvalid();
    await send('a');
    await clock.passTo(60_000);

    limiter.countInvalid();

    await expect(send('b')).rejects.toMatchObject({ retryAfter: 540_000 });
    expect(logged).toEqual(['error: too many requests were refused; nothing is sent for a while']);
    await clock.passTo(600_001);
    await send('c');
    expect(limiter.status().invalid).toBe(1);
  });
});

describe('at a stop', () => {
  it('holds back what still waits, in every lane, and what comes later', async () => {
    const { clock, limiter, send, sendIn, sent } = open();
    const requests = Array.from({ length: 60 }, () => send('a', { takes: 300 }));
    const openings = ['b', 'c'].map((name) => sendIn('open-dm', name));
    await clock.passTo(100);
    const before = sent.length;

    limiter.stop();
    const later = send('d');
    const results = Promise.allSettled([...requests, ...openings, later]);
    await clock.passTo(1000);

    const heldBack = (await results).filter(
      (result) => result.status === 'rejected' && result.reason instanceof HeldBackError,
    );
    expect(sent).toHaveLength(before);
    expect(heldBack).toHaveLength(63 - before);
  });

  it('holds back the one whose turn was next, with every place taken', async () => {
    const { clock, limiter, send, sent } = open();
    const requests = Array.from({ length: 60 }, () => send('a', { takes: 60_000 }));
    await clock.passTo(5000);
    expect(sent).toHaveLength(49);

    limiter.stop();

    await expect(requests[49]).rejects.toThrow(HeldBackError);
    await expect(Promise.allSettled(requests.slice(50))).resolves.toHaveLength(10);
    await clock.passTo(61_000);
    expect(await requests[0]).toBe('a');
  });

  it('lets what a person waits for go, before the stop and after it', async () => {
    const { clock, limiter, send, sent } = open();
    const deliveries = Promise.allSettled(Array.from({ length: 20 }, () => send('delivery')));
    const waiting = send('rights', { rank: 'person' });

    limiter.stop();
    const later = send('rights', { rank: 'person' });
    await clock.passTo(2000);

    expect(await Promise.all([waiting, later])).toEqual(['rights', 'rights']);
    await deliveries;
    expect(sent.filter((one) => one.startsWith('delivery')).length).toBeLessThan(2);
  });
});
