import { rmSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { HOUR_MS } from '../../src/calendar/zoned-time.ts';
import { pickNumber, pickOne } from '../random.ts';
import { awaitSending, type Fault, leap, type Storm } from './fault.ts';
import { awaitFree, breakState, startSecond } from './wrong-starts.ts';

/** What befalls the bot's process. */
export const PROCESS_FAULTS: readonly Fault[] = [
  {
    name: 'kill',
    says: 'The process is killed, some times again while it recovers.',
    weight: 18,
    start: kill,
  },
  {
    name: 'power-cut',
    says: 'The power is cut: what was written and not synced is gone.',
    weight: 4,
    needs: 'sqlite',
    async start(storm) {
      const { world, random, met } = storm;
      if (!world.disk.canCut) return;
      if (random() < 0.5) {
        leap(storm);
        await awaitSending(storm);
      }
      await setTimeout(pickNumber(random, 0, 900));
      await world.supervisor.end('SIGKILL');
      // Who closes a file that is not there any more takes the log of the new one along.
      await awaitFree(world.paths.state);
      world.disk.cutPower();
      met();
      // It is synced seldom: it can be collected again.
      world.noteArchiveLost('older file');
      await setTimeout(pickNumber(random, 0, 700));
      await world.supervisor.start();
    },
  },
  {
    name: 'terminate',
    says: 'The process is asked to stop, and started again.',
    weight: 2,
    async start(storm) {
      await setTimeout(pickNumber(storm.random, 0, 1_500));
      await storm.world.supervisor.end('SIGTERM');
      storm.met();
      await spendDowntime(storm);
      await storm.world.supervisor.start();
    },
  },
  {
    name: 'sleep',
    says: 'The machine sleeps for hours.',
    weight: 4,
    start(storm) {
      storm.met();
      leap(storm);
    },
  },
  {
    name: 'second-process',
    says: 'A second process starts on the same ledger.',
    weight: 1,
    needs: 'sqlite',
    async start({ world, met }) {
      if (await startSecond(world)) met();
    },
  },
  {
    name: 'broken-ledger',
    says: "The ledger's file is broken at a start.",
    weight: 1,
    needs: 'sqlite',
    async start({ world, random, met }) {
      met();
      await breakState(world, random);
    },
  },
];

async function kill(storm: Storm): Promise<void> {
  const { world, random } = storm;
  if (random() < 0.5) {
    leap(storm);
    if (random() < 0.7) await awaitSending(storm);
  }
  for (let times = pickOne(random, [1, 2, 2, 3]); times > 0; times -= 1) {
    await setTimeout(pickNumber(random, 0, 900));
    await world.supervisor.end('SIGKILL');
    storm.met();
    await spendDowntime(storm);
    await world.supervisor.start();
  }
}

async function spendDowntime({ world, random }: Storm): Promise<void> {
  if (random() < 0.2) {
    world.noteArchiveLost();
    for (const suffix of ['', '-wal', '-shm']) rmSync(world.paths.archive + suffix, { force: true });
  }
  if (random() < 0.3) world.leap(pickNumber(random, 1, 8) * HOUR_MS);
  await setTimeout(pickNumber(random, 0, 700));
}
