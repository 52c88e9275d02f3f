import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readPapers } from '../../playground/discord/messages/read-papers.ts';
import { checkContract } from '../playground/discord/contract.ts';
import { type CommandWorld, mentioningAnswers, textOf } from '../support/command-world.ts';
import { buildAbout, startForYouWorld } from '../support/for-you-world.ts';

/** Wednesday and Thursday; the next Monday. */
const WEDNESDAY = '2026-06-10';
const THURSDAY = '2026-06-11';
const FRIDAY = '2026-06-12';
const MONDAY = '2026-06-15';

describe('For You', { timeout: 60_000 }, () => {
  let world: CommandWorld;
  beforeEach(async () => {
    world = await startForYouWorld();
  });
  afterEach(async () => {
    await world.stop();
  });

  const dmId = () => world.discord.openDmWith(world.member.id).id;
  const messagesIn = (channelId: string) => world.discord.messagesOf(channelId);
  const papersIn = (channelId: string) =>
    messagesIn(channelId)
      .map((message) => readPapers(message).map(({ id }) => id))
      .filter((papers) => papers.length > 0);
  const list = (day: string, ...numbers: readonly number[]) =>
    world.huggingFace.setDay(
      day,
      numbers.flatMap((number) => [
        buildAbout(`2606.03${number}01`, `Speculative decoding, way ${number}`, day, number),
        buildAbout(`2606.03${number}02`, `Nothing in common${number}`, day),
      ]),
    );
  const save = (paper = '2606.02001') => world.member.run('save', { paper });
  const press = async (label: string) => world.member.press(await world.member.run('foryou'), label);

  it('comes by direct message once it is asked for, three picks a day at most, each with why, and none twice', async () => {
    await save();
    await world.at(`${WEDNESDAY}T09:00Z`);
    expect(papersIn(dmId())).toEqual([]);

    const followed = await press('Daily by DM');
    list(WEDNESDAY, 1, 2, 3, 4, 5);
    await world.at(`${THURSDAY}T09:00Z`);
    await world.restart();
    await world.at(`${THURSDAY}T09:01Z`);
    await world.at(`${FRIDAY}T09:00Z`);
    await world.restart();

    expect(textOf(followed)).toContain('Now following **For you** by DM');
    expect(textOf(followed)).toContain('[Speculative decoding of trees]');
    const sent = papersIn(dmId());
    expect(sent.map(({ length }) => length)).toEqual([3, 2]);
    expect(sent.flat().toSorted()).toEqual([1, 2, 3, 4, 5].map((number) => `2606.03${number}01`));
    expect(JSON.stringify(messagesIn(dmId()))).toContain('for you: like “Speculative decoding with a');
    expect(JSON.stringify(messagesIn(dmId()))).not.toContain('@everyone');
    expect(mentioningAnswers(world)).toEqual([]);
    expect(checkContract(world.discord.requests)).toEqual([]);
  });

  it('comes once a week where that was chosen, and stops when it is stopped', async () => {
    await save();
    await press('Daily by DM');
    const weekly = await press('Weekly by DM');
    list(WEDNESDAY, 1);
    await world.at(`${WEDNESDAY}T09:00Z`);
    list(THURSDAY, 2);
    await world.at(`${THURSDAY}T09:00Z`);
    await world.at(`${FRIDAY}T09:00Z`);
    const inFirstWeek = papersIn(dmId()).length;
    await world.at(`${MONDAY}T09:00Z`);
    const sent = papersIn(dmId()).flat().toSorted();

    expect(textOf(weekly)).toContain('**For you, weekly** by DM');
    expect(inFirstWeek).toBe(1);
    expect(sent.filter((id) => id.startsWith('2606.03'))).toEqual(['2606.03101', '2606.03201']);

    await world.member.press(await press('Stop DMs'), 'Stop following');
    list(MONDAY, 3);
    await world.at('2026-06-22T09:00Z');
    expect(textOf(await world.member.run('foryou'))).toContain('By DM: off');
    expect(papersIn(dmId()).flat().toSorted()).toEqual(sent);
  });

  it('picks among the papers that have the upvotes that were asked for', async () => {
    await save();
    await world.member.run('subscribe', { topic: 'for you', by: 'dm', min_upvotes: 4 });
    list(WEDNESDAY, 1, 2, 3, 4, 5);
    await world.at(`${WEDNESDAY}T09:00Z`);

    expect(papersIn(dmId()).flat().toSorted()).toEqual(['2606.02002', '2606.03401', '2606.03501']);
  });

  it('says of a weekly pick when it comes, once the picks of this week have come', async () => {
    await save();
    await press('Weekly by DM');
    list(WEDNESDAY, 1);
    await world.at(`${WEDNESDAY}T09:00Z`);
    list(THURSDAY, 2);
    await world.at(`${THURSDAY}T08:00Z`);

    const why = await world.member.run('why', { paper: '2606.03201' });

    const monday = Date.parse(`${MONDAY}T09:00Z`) / 1000;
    expect(textOf(why)).toContain(`it comes with the digest of <t:${monday}:f>`);
  });

  it('is paused and explained like any other topic', async () => {
    await save();
    await press('Daily by DM');
    list(WEDNESDAY, 1);
    await world.at(`${WEDNESDAY}T08:00Z`);

    const before = await world.member.run('why', { paper: '2606.03101' });
    const other = await world.member.run('why', { paper: '2606.03102' });
    await world.member.press(await world.member.run('subscriptions'), 'Pause');
    await world.at(`${WEDNESDAY}T09:00Z`);

    expect(textOf(before)).toContain('**For you**: is one of the best picks');
    expect(textOf(other)).toContain("**For you**: isn't among the best picks");
    expect(papersIn(dmId())).toEqual([]);
  });

  it('brings a channel what people save who agreed, and nothing of others', async () => {
    await save();
    await world.admin.run('save', { paper: '2606.02003' });
    const followed = await world.admin.run('subscribe', { topic: 'for you' });
    list(WEDNESDAY, 1);
    await world.at(`${WEDNESDAY}T09:00Z`);
    expect(textOf(followed)).toContain('Nobody has done that yet');
    expect(world.delivered()).toEqual([]);

    const agreed = await press('Count my saves here');
    list(THURSDAY, 2);
    await world.at(`${THURSDAY}T09:00Z`);
    const sent = world.delivered().flat();
    expect(textOf(agreed)).toContain("count for this server's picks");
    expect(sent).toContain('2606.03201');
    expect(sent).not.toContain('2606.02004');
    expect(JSON.stringify(messagesIn(world.channelId))).not.toContain(world.member.id);

    await press("Don't count my saves here");
    list(FRIDAY, 3);
    await world.at(`${FRIDAY}T09:00Z`);
    expect(world.delivered().flat()).toEqual(sent);
  });
});
