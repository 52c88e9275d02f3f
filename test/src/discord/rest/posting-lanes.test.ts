import { expect, it } from 'vitest';
import { createPostingLanes } from '../../../../src/discord/rest/posting-lanes.ts';
import { createScriptedClock, letRun } from '../../../support/scripted-clock.ts';

function open() {
  const clock = createScriptedClock(0);
  const lanes = createPostingLanes(clock, 48);
  const sent: string[] = [];
  const signal = new AbortController().signal;
  const send = (destinationId: string, { takes = 0, until = signal } = {}) =>
    lanes.inTurn({ destinationId, signal: until }, async () => {
      sent.push(`${destinationId} at ${clock.now()}`);
      await clock.sleep(takes);
    });
  return { clock, lanes, sent, send };
}

/** One message after the other, as a delivery does. */
async function sendAll(send: () => Promise<void>, count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) await send();
}

it('serves destinations in turn, not all messages of one first', async () => {
  const { clock, sent, send } = open();
  const names = Array.from({ length: 65 }, (_, index) => `c${index}`);

  for (const name of names) void sendAll(() => send(name, { takes: 100 }), 3);
  await letRun();
  await clock.passTo(10_000);

  const order = sent.map((line) => line.split(' ')[0] ?? '');
  expect(order).toHaveLength(65 * 3);
  expect(order.lastIndexOf('c0')).toBeGreaterThan(order.indexOf('c64') + 64);
});

it('lets a hundred channels that must wait hold up no other', async () => {
  const { clock, lanes, sent, send } = open();
  for (let index = 0; index < 100; index += 1) {
    lanes.rest({ of: { channelId: String(index) }, ms: 5000 });
    void send(`c${index}`);
  }

  void send('c500');
  await letRun();
  expect(sent).toEqual(['c500 at 0']);
  await clock.passTo(5000);

  expect(sent).toHaveLength(101);
});

it('keeps a rest that came while a message was under way', async () => {
  const { clock, lanes, sent, send } = open();
  await sendAll(() => send('c1'), 1);
  lanes.rest({ of: { channelId: '1' }, ms: 700 });

  void sendAll(() => send('c1'), 2);
  await letRun();
  await clock.passTo(1000);

  expect(sent).toEqual(['c1 at 0', 'c1 at 700', 'c1 at 700']);
});

it('sends DMs slower than the rest, which do not wait for them', async () => {
  const { clock, sent, send } = open();

  for (let index = 0; index < 30; index += 1) void send(`u${index}`);
  for (let index = 0; index < 30; index += 1) void send(`c${index}`);
  await letRun();
  expect(sent.filter((line) => line.startsWith('c'))).toHaveLength(30);
  await clock.passTo(2000);
  expect(sent.filter((line) => line.startsWith('u')).length).toBeLessThan(14);
  await clock.passTo(10_000);

  expect(sent).toHaveLength(60);
});

it('stops DMs for half an hour, and nothing else, when Discord says that too many were opened', async () => {
  const { clock, lanes, sent, send } = open();
  lanes.rest({ of: 'dms', ms: 1_800_000 });

  void send('u1');
  void send('c1');
  await letRun();
  await clock.passTo(1_799_999);
  expect(sent).toEqual(['c1 at 0']);
  await clock.passTo(1_800_000);

  expect(sent).toEqual(['c1 at 0', 'u1 at 1800000']);
});

it('rests as a whole', async () => {
  const { clock, lanes, sent, send } = open();
  lanes.rest({ of: 'everything', ms: 60_000 });

  for (const id of ['c1', 'u1']) void send(id);
  await letRun();
  await clock.passTo(60_000);

  expect(sent).toEqual(['c1 at 60000', 'u1 at 60000']);
});

it.each([
  ['everything', 'everything' as const],
  ['its channel', { channelId: '1' }],
])('wakes a turn that is stopped while %s rests', async (_, of) => {
  const { lanes, sent, send } = open();
  const stopping = new AbortController();
  lanes.rest({ of, ms: 600_000 });
  void send('c1', { until: stopping.signal });
  await letRun();
  expect(sent).toEqual([]);

  stopping.abort();
  await letRun();

  expect(sent).toEqual(['c1 at 0']);
});
