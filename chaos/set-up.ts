import { setTimeout } from 'node:timers/promises';
import pLimit from 'p-limit';
import type { Random } from '../src/calendar/clock.ts';
import { HOUR_MS, MINUTE_MS } from '../src/calendar/zoned-time.ts';
import { KEPT_WITHIN_MS } from './audit/evidence/sightings.ts';
import { nominateSome } from './groups/activities.ts';
import { pickGroupSchedule } from './groups/add-groups.ts';
import { firstOrders, orderAfter, pickAfterthought, pickPaperOrder, pickRoundup } from './places/orders.ts';
import { hideHistories } from './places/rights.ts';
import { createRandom } from './random.ts';
import type { ChaosWorld } from './world.ts';

/** By then most papers of the first day are listed. */
const PAPERS_AFTER_MS = 12 * HOUR_MS;
/** And by then the bot has them, with what came to them before anybody follows them. */
const COLLECTED_AFTER_MS = 15 * MINUTE_MS;
/** Real: from a leap until what is collected then is surely kept. */
const SURELY_KEPT_MS = KEPT_WITHIN_MS + 1_500;
/** How often somebody in each place thinks of following a paper at first. */
const PAPERS_THOUGHT_OF = 4;

/** Starts the bot, and lets people follow topics and papers and set up their groups, before anything goes wrong. */
export async function setUp(world: ChaosWorld, seed: number): Promise<void> {
  await world.supervisor.start();
  await giveFirstOrders(world, seed);
  const ofGroups = createRandom(seed, 7);
  await setUpGroups(world, ofGroups);
  for (const ms of [PAPERS_AFTER_MS, COLLECTED_AFTER_MS]) {
    world.leap(ms);
    await setTimeout(SURELY_KEPT_MS);
  }
  await followPapers(world, createRandom(seed, 4));
  await nominateFirst(world, ofGroups);
  hideHistories(world);
}

async function giveFirstOrders(world: ChaosWorld, seed: number): Promise<void> {
  const random = createRandom(seed, 3);
  const ofRoundups = createRandom(seed, 6);
  const limit = pLimit(10);
  await Promise.all(
    world.channels.map((channel) => {
      const orders = firstOrders(channel, random);
      const roundup = pickRoundup(world.timeline.now(), ofRoundups);
      const afterthought = { ...pickAfterthought(random), undoes: false };
      return limit(async () => {
        for (const order of orders) await channel.give(order);
        const last = orderAfter(channel, orders[0], afterthought);
        if (last !== undefined) await channel.give(last);
        if (roundup !== undefined) await channel.give(roundup);
      });
    }),
  );
}

async function setUpGroups({ groups }: ChaosWorld, random: Random): Promise<void> {
  const schedules = groups.map((group, index) => pickGroupSchedule(group, index, random));
  await Promise.all(
    groups.map(async (group, index) => {
      const schedule = schedules[index];
      if (schedule !== undefined) await group.give({ kind: 'set-up', schedule });
    }),
  );
}

/** One after the other, so that the same seed nominates the same. */
async function nominateFirst({ groups, source }: ChaosWorld, random: Random): Promise<void> {
  for (const group of groups) await nominateSome(group, source.newestPapers(), random);
}

/** Those that were listed last: something may still come to them. */
async function followPapers(world: ChaosWorld, random: Random): Promise<void> {
  const limit = pLimit(10);
  const newest = world.source.newestPapers();
  await Promise.all(
    world.channels.map((channel) => {
      const orders = Array.from({ length: PAPERS_THOUGHT_OF }, () => pickPaperOrder(channel, newest, random));
      return limit(async () => {
        for (const order of orders) if (order !== undefined) await channel.give(order);
      });
    }),
  );
}
