import { expect, it } from 'vitest';
import { createStartQueue } from '../../../src/digest/start-queue.ts';
import { letRun } from '../../support/scripted-clock.ts';

interface Task {
  readonly begun: () => void;
  readonly end: () => void;
}

function open(places: number) {
  const started: string[] = [];
  const tasks = new Map<string, Task>();
  const queue = createStartQueue(places, (id, begun) => {
    started.push(id);
    return new Promise((end) => tasks.set(id, { begun, end }));
  });
  const task = (id: string): Task => {
    const found = tasks.get(id);
    if (found === undefined) throw new Error(`${id} was not started.`);
    return found;
  };
  return { queue, started, task };
}

it('lets so many begin at a time, in the order of asking', async () => {
  const { queue, started, task } = open(2);
  for (const id of ['a', 'b', 'c', 'd']) queue.add(id);
  expect(started).toEqual(['a', 'b']);

  task('b').begun();
  expect(started).toEqual(['a', 'b', 'c']);
  task('a').end();
  await letRun();

  expect(started).toEqual(['a', 'b', 'c', 'd']);
});

it('gives the place of a task once, when it has begun or else when it ends', async () => {
  const { queue, started, task } = open(1);
  for (const id of ['a', 'b', 'c', 'd']) queue.add(id);

  task('a').begun();
  task('a').begun();
  task('a').end();
  await letRun();

  expect(started).toEqual(['a', 'b']);
});

it('starts what was asked for twice once, and again when asked after it began', () => {
  const { queue, started, task } = open(1);
  for (const id of ['a', 'b', 'b']) queue.add(id);
  expect([queue.isWaiting('a'), queue.isWaiting('b')]).toEqual([false, true]);

  task('a').begun();
  task('b').begun();
  expect(started).toEqual(['a', 'b']);
  queue.add('b');

  expect(started).toEqual(['a', 'b', 'b']);
});

it('has settled when nothing waits and all has ended', async () => {
  const { queue, task } = open(1);
  queue.add('a');
  queue.add('b');
  let isSettled = false;
  const settled = queue.settled().then(() => (isSettled = true));

  task('a').end();
  await letRun();
  expect(isSettled).toBe(false);
  expect(queue.settled()).toBe(queue.settled());
  task('b').begun();
  task('b').end();
  await settled;

  await expect(open(1).queue.settled()).resolves.toBeUndefined();
});
