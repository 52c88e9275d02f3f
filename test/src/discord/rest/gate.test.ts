import { describe, expect, it } from 'vitest';
import { createGate, type GateOptions, type Leave } from '../../../../src/discord/rest/gate.ts';
import { createScriptedClock, letRun } from '../../../support/scripted-clock.ts';

function open(options: Partial<GateOptions> = {}) {
  const scripted = createScriptedClock(0);
  /** Whoever was let in gets to run before the time moves. */
  const passTo = async (instant: number) => {
    await letRun();
    await scripted.passTo(instant);
  };
  const clock = { ...scripted, passTo };
  const gate = createGate({ clock, places: Infinity, spacing: 0, ...options });
  const entered: string[] = [];
  const leaves = new Map<string, Leave>();
  const enter = async (name: string, signal?: AbortSignal) => {
    const leave = await gate.enter(signal);
    entered.push(`${name} at ${clock.now()}`);
    leaves.set(name, leave);
  };
  return { clock, gate, entered, enter, leave: (name: string, ms?: number) => leaves.get(name)?.(ms) };
}

it('lets in in the order of coming: a few at once after a pause, then at its pace', async () => {
  const { clock, entered, enter } = open({ spacing: 100 });

  for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) void enter(name);
  await clock.passTo(1000);

  expect(entered).toEqual(['a at 0', 'b at 0', 'c at 0', 'd at 0', 'e at 0', 'f at 100', 'g at 200']);
});

it('lets nobody overtake whoever waits for a timer that is late', async () => {
  let now = 0;
  const gate = createGate({
    clock: { now: () => now, monotonic: () => now, sleep: () => new Promise(() => undefined) },
    places: 1,
    spacing: 0,
  });
  const entered: string[] = [];
  const enter = (name: string) => gate.enter().then(() => entered.push(name));
  const leave = await gate.enter();
  void enter('a');
  leave(300);
  now = 300;

  void enter('b');
  await letRun();

  expect(entered).toEqual(['a']);
});

describe('places', () => {
  it('are taken until somebody leaves', async () => {
    const { clock, entered, enter, leave } = open({ places: 1 });
    void enter('a');
    void enter('b');
    await clock.passTo(500);
    expect(entered).toEqual(['a at 0']);

    leave('a');
    await letRun();

    expect(entered).toEqual(['a at 0', 'b at 500']);
  });

  it('stay taken for as long as whoever leaves says', async () => {
    const { clock, entered, enter, leave } = open({ places: 1 });
    void enter('a');
    void enter('b');
    await letRun();

    leave('a', 300);
    await clock.passTo(299);
    expect(entered).toEqual(['a at 0']);
    await clock.passTo(300);

    expect(entered).toEqual(['a at 0', 'b at 300']);
  });
});

it('is never passed by more than its places in any window, however late answers come', async () => {
  const { clock, gate } = open({ places: 5, spacing: 100 });
  const instants: number[] = [];
  const pass = async (takes: number) => {
    const leave = await gate.enter();
    await clock.sleep(takes);
    instants.push(clock.now());
    leave(1000);
  };
  for (let index = 0; index < 60; index += 1) void pass((index * 37) % 400);

  await clock.passTo(60_000);

  expect(instants).toHaveLength(60);
  const sorted = instants.toSorted((a, b) => a - b);
  const busiest = Math.max(
    ...sorted.map((from) => sorted.filter((at) => at >= from && at < from + 1000).length),
  );
  expect(busiest).toBe(5);
});

describe('closed', () => {
  it('lets nobody in before it opens, whoever came', async () => {
    const { clock, gate, entered, enter } = open();
    gate.closeFor(2000);
    expect(gate.closedFor()).toBe(2000);

    void enter('a');
    await clock.passTo(1000);
    void enter('b');
    await clock.passTo(5000);

    expect(entered).toEqual(['a at 2000', 'b at 2000']);
    expect(gate.closedFor()).toBe(0);
  });

  it('is not opened early by a shorter closing', async () => {
    const { clock, gate, entered, enter } = open();
    gate.closeFor(2000);
    gate.closeFor(100);

    void enter('a');
    await clock.passTo(5000);

    expect(entered).toEqual(['a at 2000']);
  });

  it('sleeps until it opens, instead of asking again and again', async () => {
    const clock = createScriptedClock(0);
    let sleeps = 0;
    const counting = { ...clock, sleep: (ms: number) => ((sleeps += 1), clock.sleep(ms)) };
    const gate = createGate({ clock: counting, places: 64, spacing: 0 });
    gate.closeFor(600_000);

    for (let index = 0; index < 1000; index += 1) void gate.enter();
    await clock.passTo(600_000);

    expect(sleeps).toBe(1);
  });
});

describe('an aborted wait', () => {
  it('ends at once, and takes no place', async () => {
    const { clock, entered, enter, leave } = open({ places: 1 });
    const stopping = new AbortController();
    void enter('a');
    void enter('b', stopping.signal);
    void enter('c');
    await letRun();

    stopping.abort();
    await letRun();
    expect(entered).toEqual(['a at 0', 'b at 0']);
    leave('b');
    await clock.passTo(10);
    expect(entered).toHaveLength(2);
    leave('a');
    await letRun();

    expect(entered).toEqual(['a at 0', 'b at 0', 'c at 10']);
  });

  it('does not even begin when the signal was aborted before', async () => {
    const { gate, entered, enter } = open();
    gate.closeFor(1000);

    void enter('a', AbortSignal.abort());
    await letRun();

    expect(entered).toEqual(['a at 0']);
  });
});
