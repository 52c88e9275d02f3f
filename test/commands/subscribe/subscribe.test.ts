import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  buttonOf,
  type CommandWorld,
  mentioningAnswers,
  menuOf,
  messageOf,
  startCommandWorld,
  textOf,
} from '../../support/command-world.ts';

/** 09:00 in Berlin and in UTC, on the day after. */
const NINE_IN_BERLIN = Date.parse('2026-06-10T07:00Z') / 1000;
const NINE_IN_UTC = Date.parse('2026-06-10T09:00Z') / 1000;

describe('/subscribe', { timeout: 60_000 }, () => {
  let world: CommandWorld;
  beforeEach(async () => {
    world = await startCommandWorld();
  });
  afterEach(async () => {
    await world.stop();
  });

  it('tells the person alone what it would have brought, when the next digest comes, and asks for the zone', async () => {
    const reply = await world.admin.run('subscribe');

    expect(reply.ephemeral).toBe(true);
    const content = textOf(reply);
    expect(content).toContain(`Now following every paper in <#${world.channelId}>`);
    expect(content).toContain('**25 papers** in the last 2 daily lists, about 12.5 a day.');
    expect(content).toContain('The busiest day was Tue 9 June, with 23.');
    expect(content).toContain('Paper 2606.00001');
    expect(content).toContain(`Next digest: <t:${NINE_IN_UTC}:f>`);
    expect(menuOf(reply).values).toContain('Europe/Berlin');
    expect(mentioningAnswers(world)).toEqual([]);
    expect(world.discord.messagesOf(world.channelId)).toEqual([]);
  });

  it('takes another zone from the menu, and shows the new time in place of the old one', async () => {
    const reply = await world.admin.run('subscribe');

    const changed = await world.admin.choose(reply, 'Europe/Berlin');

    expect(messageOf(changed).id).toBe(messageOf(reply).id);
    expect(textOf(changed)).toContain('Times are in **Europe/Berlin**.');
    expect(textOf(changed)).toContain(`Next digest: <t:${NINE_IN_BERLIN}:f>`);
    expect(textOf(changed)).not.toContain(`<t:${NINE_IN_UTC}:f>`);
    expect(buttonOf(changed, 'Undo').disabled).toBe(false);
  });

  it('counts only the papers with enough upvotes', async () => {
    const reply = await world.admin.run('subscribe', { min_upvotes: 98 });

    expect(textOf(reply)).toContain('with at least 98 upvotes');
    expect(textOf(reply)).toContain('**3 papers**');
  });

  it('changes nothing the second time, and the threshold when that is another one', async () => {
    await world.admin.run('subscribe');

    const again = await world.admin.run('subscribe');
    const higher = await world.admin.run('subscribe', { min_upvotes: 5 });

    expect(textOf(again)).toContain('Every paper is already followed');
    expect(() => buttonOf(again, 'Undo')).toThrow('There is no button');
    expect(textOf(higher)).toContain('at least 5 upvotes');
  });

  it('sets up another channel that is named', async () => {
    const other = world.discord.addChannel(world.guildId, 'other');

    const reply = await world.admin.run('subscribe', { channel: other.id });

    expect(textOf(reply)).toContain(`Now following every paper in <#${other.id}>`);
  });

  it('is undone by its button, which leaves nothing followed', async () => {
    const undone = await world.admin.press(await world.admin.run('subscribe'), 'Undo');

    expect(textOf(undone)).toContain('Undone.');
    expect(() => buttonOf(undone, 'Undo')).toThrow('There is no button');
    const view = await world.admin.run('subscriptions');
    expect(textOf(view)).toContain('Nothing is followed here yet.');
  });

  it('cannot be undone after a quarter of an hour', async () => {
    const reply = await world.admin.run('subscribe');
    await world.at('2026-06-09T12:16Z');

    const late = await world.admin.press(reply, 'Undo');

    expect(late.ephemeral).toBe(true);
    expect(textOf(late)).toMatch(/^It's too late to undo that. Use <\/unsubscribe:\d+> instead.$/);
  });

  it('sends one digest now, and says when it did to whoever presses again', async () => {
    const reply = await world.admin.run('subscribe');

    const sent = await world.admin.press(reply, 'Send one now');
    expect(sent.ephemeral).toBe(true);
    expect(textOf(sent)).toMatch(/^Sent \d+ papers? to /);
    expect(world.discord.messagesOf(world.channelId).length).toBeGreaterThan(0);
    const count = world.discord.messagesOf(world.channelId).length;

    const again = await world.admin.press(reply, 'Send one now');

    const at = Date.parse('2026-06-09T12:00Z') / 1000;
    expect(textOf(again)).toBe(`I already sent one <t:${at}:R>.`);
    expect(world.discord.messagesOf(world.channelId)).toHaveLength(count);
  });

  it('sends nothing now while Discord does not tell what became of a digest, and says when it asks again', async () => {
    const reply = await world.admin.run('subscribe');
    world.discord.fail({ route: /messages/, method: 'POST', drop: 'drop-after' });
    const lookUps = { route: /messages/, method: 'GET', status: 403, code: 50_001, times: Infinity };
    const endFailure = world.discord.fail(lookUps);
    const sending = world.at('2026-06-10T09:00Z');
    const isLookedFor = () => world.discord.requests.some(({ status }) => status === 403);
    await vi.waitUntil(isLookedFor, { timeout: 10_000 });

    const now = await world.admin.press(reply, 'Send one now');
    endFailure();
    await sending;

    expect(textOf(now)).toMatch(
      /^I don't know yet whether my last message to <#\d+> arrived, so I'm not sending another\. I'll check again <t:\d+:R>\.$/,
    );
    const papers = world.delivered().flat();
    expect(papers).toHaveLength(new Set(papers).size);
  });

  it('still works by its buttons after a restart', async () => {
    const reply = await world.admin.run('subscribe');
    await world.restart();

    expect(textOf(await world.admin.press(reply, 'Undo'))).toContain('Undone.');
  });

  it('refuses people without Manage Channels', async () => {
    const refused = await world.member.run('subscribe', { by: 'channel' });

    expect(refused.ephemeral).toBe(true);
    expect(textOf(refused)).toBe(`You need Manage Channels in <#${world.channelId}> to do that.`);
    const view = await world.admin.run('subscriptions');
    expect(textOf(view)).toContain('Nothing is followed here yet.');
  });

  it('names the permissions that the bot lacks, and follows nothing', async () => {
    const viewAndHistory = (1n << 10n) | (1n << 16n);
    world.discord.setBotPermissions(world.channelId, viewAndHistory);

    const refused = await world.admin.run('subscribe');

    expect(refused.ephemeral).toBe(true);
    expect(textOf(refused)).toMatch(/then try again:\n- \*\*Send Messages\*\* to post digests$/);
    const view = await world.admin.run('subscriptions');
    expect(textOf(view)).toContain('Nothing is followed here yet.');
  });
});

it('/subscribe says so when there is no paper to compare with', { timeout: 60_000 }, async () => {
  const world = await startCommandWorld({ papers: 0 });

  const reply = await world.admin.run('subscribe');
  const sent = await world.admin.press(reply, 'Send one now');

  expect(textOf(reply)).toContain('I have no papers yet');
  expect(textOf(sent)).toBe('There is nothing to send: every paper that matches has already been sent.');
  await world.stop();
});
