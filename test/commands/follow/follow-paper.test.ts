import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { controlsOf } from '../../../playground/discord/messages/controls.ts';
import {
  buttonOf,
  type CommandWorld,
  messageOf,
  pressForged,
  startCommandWorld,
  textOf,
} from '../../support/command-world.ts';
import { buildItem } from '../../support/world.ts';

const DAY = '2026-06-09';
const PAPER = '2606.00001';
const REPO = 'https://github.com/state-spaces/mamba';

describe('following a paper', { timeout: 60_000 }, () => {
  let world: CommandWorld;
  let hour = 12;

  beforeEach(async () => {
    hour = 12;
    world = await startCommandWorld({ papers: 0 });
    list({});
    await pass();
  });
  afterEach(() => world.stop());

  /** Hugging Face lists two papers. */
  function list(about: object, votes = 30): void {
    const item = buildItem(PAPER, votes, DAY);
    world.huggingFace.setDay(DAY, [
      { ...item, paper: { ...item.paper, title: 'Mamba *fast*', ...about } },
      buildItem('2606.00002', 5, DAY),
    ]);
  }

  async function pass(): Promise<void> {
    hour += 1;
    await world.at(`${DAY}T${hour}:00Z`);
    await world.at(`${DAY}T${hour}:11Z`);
  }

  const dms = (userId: string) => world.discord.messagesOf(world.discord.openDmWith(userId).id);
  const told = (userId: string) => dms(userId).map(({ content }) => content);

  it('by DM tells of code and of 100 votes once each, over a restart', async () => {
    const card = await world.member.run('paper', { paper: PAPER });
    const reply = await world.member.press(card, 'Follow');
    expect(textOf(reply)).toContain('Following **Mamba \\*fast\\*** by DM');

    list({ githubRepo: REPO });
    await pass();
    await world.restart();
    list({ githubRepo: REPO }, 104);
    await pass();
    await pass();

    expect(told(world.member.id)).toEqual([
      `News about [Mamba \\*fast\\*](https://huggingface.co/papers/${PAPER}):\n- Code is out: [github.com/state-spaces/mamba](${REPO})`,
      `News about [Mamba \\*fast\\*](https://huggingface.co/papers/${PAPER}):\n- It has passed 100 votes: ▲\u00a0104`,
    ]);
    expect(world.discord.messagesOf(world.channelId)).toEqual([]);
  });

  it('here is offered to those who may change the channel, and tells the channel', async () => {
    const card = await world.admin.run('paper', { paper: PAPER });
    const asked = await world.admin.press(card, 'Follow');
    expect(textOf(asked)).toContain('Where should I tell you');
    const reply = await world.admin.press(asked, 'In this channel');
    expect(textOf(reply)).toContain(`Following **Mamba \\*fast\\*** in <#${world.channelId}>`);

    list({ githubRepo: REPO });
    await pass();

    const posted = world.discord.messagesOf(world.channelId);
    expect(posted.map(({ content }) => content)).toEqual([expect.stringContaining('Code is out')]);
    expect(posted[0]?.mentions).toEqual([]);
  });

  it('says that nothing comes while the channel is paused', async () => {
    await world.admin.run('subscribe');
    await world.admin.press(await world.admin.run('subscriptions'), 'Pause');
    const card = await world.admin.run('paper', { paper: PAPER });

    const reply = await world.admin.press(await world.admin.press(card, 'Follow'), 'In this channel');

    expect(textOf(reply)).toContain('is paused');
  });

  it('does not tell what was there already', async () => {
    list({ githubRepo: REPO }, 120);
    await pass();
    await world.member.press(await world.member.run('paper', { paper: PAPER }), 'Follow');

    await pass();

    expect(told(world.member.id)).toEqual([]);
  });

  it('comes once although the answer was lost, and the card opens from the notice', async () => {
    await world.member.press(await world.member.run('paper', { paper: PAPER }), 'Follow');
    const dm = world.discord.openDmWith(world.member.id);
    world.discord.fail({ route: new RegExp(`${dm.id}/messages`), method: 'POST', drop: 'drop-after' });
    list({ githubRepo: REPO });

    await pass();
    await pass();

    expect(told(world.member.id)).toHaveLength(1);
    const [notice] = dms(world.member.id);
    if (notice === undefined) throw new Error('no notice came');
    const details = buttonOf({ message: notice, ephemeral: false }, 'Details').custom_id;
    const card = await world.discord.act(world.member.id, { channelId: dm.id }).press(notice.id, details);
    expect(textOf(card)).toContain('Mamba');
  });

  it('names what may still come, and says so when that is nothing', async () => {
    list({ githubRepo: REPO }, 120);
    await pass();
    const reply = await world.member.press(await world.member.run('paper', { paper: PAPER }), 'Follow');
    expect(textOf(reply)).toContain("I'll tell you once when it gets a model, a dataset, or a Space.");

    const linked = { numTotalModels: 1, numTotalDatasets: 2, numTotalSpaces: 3 };
    list({ githubRepo: REPO, ...linked }, 120);
    hour = 17;
    await pass();
    const card = await world.admin.run('paper', { paper: PAPER });

    expect(textOf(await world.admin.press(card, 'Follow'))).toContain('nothing left to tell you');
  });

  it('ends with Unfollow, and is shown with a way to stop until then', async () => {
    const reply = await world.member.press(await world.member.run('paper', { paper: PAPER }), 'Follow');
    const shown = await world.member.run('subscriptions');
    expect(textOf(shown)).toContain('1 paper followed by DM');
    expect(textOf(shown)).toContain(`[Mamba \\*fast\\*](https://huggingface.co/papers/${PAPER})`);

    expect(textOf(await world.member.press(reply, 'Unfollow'))).toContain('no longer followed by DM');
    list({ githubRepo: REPO });
    await pass();

    expect(told(world.member.id)).toEqual([]);
    expect(textOf(await world.member.run('subscriptions'))).toContain('Nothing is followed here yet');
  });

  it('ends with the menu of /subscriptions', async () => {
    await world.member.press(await world.member.run('paper', { paper: PAPER }), 'Follow');
    await world.member.press(await world.member.run('paper', { paper: '2606.00002' }), 'Follow');

    const left = await world.member.choose(await world.member.run('subscriptions'), PAPER);

    expect(textOf(left)).toContain('no longer followed by DM');
    expect(textOf(left)).toContain('1 paper followed by DM');
  });

  it('ends with "Delete my data"', async () => {
    await world.member.press(await world.member.run('paper', { paper: PAPER }), 'Follow');
    const asked = await world.member.press(await world.member.run('about'), 'Delete my data');
    await world.member.press(asked, 'Delete my data');

    list({ githubRepo: REPO });
    await pass();

    expect(told(world.member.id)).toEqual([]);
    expect(textOf(await world.member.run('subscriptions'))).toContain('Nothing is followed here yet');
  });

  it('says so when it is followed already', async () => {
    const card = await world.member.run('paper', { paper: PAPER });
    await world.member.press(card, 'Follow');

    expect(textOf(await world.member.press(card, 'Follow'))).toContain('is already followed by DM');
  });

  it('tells of a model that is linked, with its name', async () => {
    await world.member.press(await world.member.run('paper', { paper: PAPER }), 'Follow');
    list({ linkedModels: [{ id: 'state-spaces/mamba-2.8b' }], numTotalModels: 1 });

    hour = 16;
    await pass();
    await pass();

    expect(told(world.member.id)).toEqual([
      expect.stringContaining(
        'A model is linked: [state-spaces/mamba-2.8b](https://huggingface.co/state-spaces/mamba-2.8b)',
      ),
    ]);
  });

  it('waits while DMs are closed, which /subscriptions says, and loses nothing', async () => {
    await world.member.press(await world.member.run('paper', { paper: PAPER }), 'Follow');
    world.discord.closeDms(world.member.id);
    list({ githubRepo: REPO });
    await pass();
    expect(textOf(await world.member.run('subscriptions'))).toContain("didn't get through");

    world.discord.openDms(world.member.id);
    await world.at('2026-06-10T18:00Z');
    await world.at('2026-06-10T18:11Z');

    expect(told(world.member.id)).toHaveLength(1);
    expect(textOf(await world.member.run('subscriptions'))).not.toContain("didn't get through");
  });

  it('here cannot be ended, or begun, by who may not change the channel, nor from another server', async () => {
    const card = await world.admin.run('paper', { paper: PAPER });
    await world.admin.press(await world.admin.press(card, 'Follow'), 'In this channel');
    const id = `unfollow-paper:v1:${PAPER}:c${world.channelId}`;

    const byMember = await pressForged(world, world.member, id);
    const begun = await pressForged(world, world.member, `follow-paper-at:v1:2606.00002:here`);
    const guild = world.discord.addGuild('Elsewhere');
    const elsewhere = world.discord.addChannel(guild.id, 'other');
    const stranger = await forgeIn(elsewhere.id, id);

    expect(textOf(byMember)).toContain('You need Manage Channels');
    expect(textOf(begun)).toContain('You need Manage Channels');
    expect(textOf(stranger)).toContain('out of date');
    list({ githubRepo: REPO });
    await pass();
    expect(world.discord.messagesOf(world.channelId)).toHaveLength(1);
  });

  async function forgeIn(channelId: string, customId: string) {
    const person = world.inChannel(channelId);
    const { id } = messageOf(await person.run('about'));
    const message = world.discord.state.messages[channelId]?.find((one) => one.id === id);
    if (message === undefined) throw new Error('There was no message');
    for (const one of controlsOf(message)) if ('custom_id' in one) one.custom_id = customId;
    return world.discord.act(person.id, { channelId }).press(id, customId);
  }

  it('somebody else’s follow by DM is nobody’s to end', async () => {
    await world.member.press(await world.member.run('paper', { paper: PAPER }), 'Follow');

    const forged = await pressForged(world, world.admin, `unfollow-paper:v1:${PAPER}:u${world.member.id}`);

    expect(textOf(forged)).toContain('out of date');
    expect(buttonOf(await world.member.run('paper', { paper: PAPER }), 'Follow').disabled).toBe(false);
    expect(textOf(await world.member.run('subscriptions'))).toContain('1 paper followed by DM');
  });
});
