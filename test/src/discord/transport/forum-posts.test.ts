import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Delivery } from '../../../../src/delivery/delivery.ts';
import {
  changeStep,
  openTransportWorld,
  planDelivery,
  READ_HISTORY,
  type TransportWorld,
  VIEW_AND_SEND,
} from '../../../support/transport-world.ts';

let world: TransportWorld;

beforeEach(async () => {
  world = await openTransportWorld();
});
afterEach(() => world.discord.close());

const openForum = (tags: readonly string[] = [], requireTag = false) =>
  world.discord.addForum(world.guildId, 'forum', { tags, requireTag }).id;
const planIn = (forumId: string, titles: readonly string[] = ['First'], topics: readonly string[] = []) =>
  planDelivery(world.placeIn(forumId, 'forum'), titles, { topics });
const postsIn = (forumId: string) =>
  Object.values(world.discord.state.channels).filter(({ parent_id: parent }) => parent === forumId);

describe('a post', () => {
  it('has the paper as its first message, and the tags that fit its topics and keywords', async () => {
    const forumId = openForum(['Other', 'VISION', 'Mamba']);
    const delivery = planIn(forumId, ['First', 'Second'], ['mamba']);

    expect(await world.send(delivery, 0)).toMatchObject({ kind: 'sent' });
    expect(await world.send(delivery, 1)).toEqual({ kind: 'sent', messageId: postsIn(forumId)[1]?.id });

    const tags = world.discord.state.channels[forumId]?.available_tags ?? [];
    const named = postsIn(forumId).map(({ name, applied_tags: ids }) => [
      name,
      ids?.map((id) => tags.find((tag) => tag.id === id)?.name),
    ]);
    expect(named).toEqual([
      ['Second', ['Mamba', 'VISION']],
      ['First', ['Mamba', 'VISION']],
    ]);
  });

  it('stays open for three days, as long as it changes', async () => {
    const forumId = openForum();

    await world.send(planIn(forumId), 0);

    expect(postsIn(forumId)[0]?.thread_metadata?.auto_archive_duration).toBe(3 * 24 * 60);
  });

  it('goes as plain text when it is to', async () => {
    const forumId = openForum();

    await world.send(changeStep(planIn(forumId), 0, { form: 'plain' }), 0);

    const [post] = postsIn(forumId);
    const [message] = world.discord.messagesOf(post?.id ?? '');
    expect(post?.name).toBe('First');
    expect(message).toMatchObject({ flags: 4, components: [{ type: 1 }] });
    expect(message?.content).toContain('[First](https://huggingface.co/papers/2606.00000)');
  });

  it('mentions the role that it is sent with', async () => {
    const forumId = openForum();
    const role = world.discord.addRole(world.guildId, 'Readers', { mentionable: true }).id;

    await world.send(planIn(forumId), 0, { role });

    const [message] = world.discord.messagesOf(postsIn(forumId)[0]?.id ?? '');
    expect(message?.components[0]).toMatchObject({ type: 10, content: `<@&${role}>` });
    expect(message?.mention_roles).toEqual([role]);
  });

  it('is blocked, and not asked for again and again, in a forum that has too many', async () => {
    const forumId = openForum();
    world.discord.fail({ route: /threads/, method: 'POST', status: 400, code: 160_006 });

    expect(await world.send(planIn(forumId), 0)).toMatchObject({ kind: 'blocked', code: 160_006 });
  });

  it('is held back when it may not leave any more', async () => {
    const forumId = openForum();

    expect(await world.send(planIn(forumId), 0, { mayLeave: () => false })).toEqual({ kind: 'held-back' });
    expect(postsIn(forumId)).toEqual([]);
  });
});

describe('where a tag is demanded', () => {
  it('a post gets the first one when none fits, and is blocked when there is none', async () => {
    expect(await world.send(planIn(openForum(['Other'], true)), 0)).toMatchObject({ kind: 'sent' });
    expect(await world.send(planIn(openForum([], true)), 0)).toMatchObject({ kind: 'blocked', code: 40_067 });
  });

  it('a post is tried again while the tags cannot be read', async () => {
    const delivery = planIn(openForum(['Other'], true));
    world.discord.fail({ route: /^\/channels\/\d+$/, method: 'GET', status: 500 });

    expect(await world.send(delivery, 0)).toMatchObject({ kind: 'failed' });
    expect(await world.send(delivery, 0)).toMatchObject({ kind: 'sent' });
  });
});

it('gets its post although its tags cannot be read', async () => {
  const delivery = planIn(openForum(['Vision']));
  world.discord.fail({ route: /^\/channels\/\d+$/, method: 'GET', status: 500 });

  expect(await world.send(delivery, 0)).toMatchObject({ kind: 'sent' });
});

it('gets no post once the token is refused, which its tags may be the first to meet', async () => {
  const delivery = planIn(openForum(['Vision']));
  world.discord.fail({ route: /^\/channels\/\d+$/, method: 'GET', status: 401 });

  expect(await world.send(delivery, 0)).toMatchObject({ kind: 'fatal' });
});

describe('looking for a post', () => {
  let forumId: string;
  let delivery: Delivery;
  beforeEach(() => {
    forumId = openForum();
    delivery = planIn(forumId, ['Same', 'Same']);
  });

  it.each([
    ['drop-after', 'found'],
    ['drop-before', 'absent'],
  ] as const)('after %s of the connection says %s', async (drop, kind) => {
    world.discord.fail({ route: /threads/, method: 'POST', drop });
    expect(await world.send(delivery, 0)).toMatchObject({ kind: 'unclear' });

    expect(await world.lookUp(delivery, 0)).toMatchObject({ kind });
    expect(world.asked('POST', /threads/)).toHaveLength(1);
  });

  it('finds it by its first message, whatever moderators call it, and not that of another paper', async () => {
    await world.send(delivery, 0);
    const [post] = postsIn(forumId);
    if (post !== undefined) post.name = 'Please read';

    expect(await world.lookUp(delivery, 0)).toMatchObject({ kind: 'found', messageId: post?.id });
    expect(await world.lookUp(delivery, 1)).toEqual({ kind: 'absent' });
  });

  it('finds it among hundreds that were archived since', async () => {
    await world.send(delivery, 0);
    const [post] = postsIn(forumId);
    world.discord.setThread(post?.id ?? '', { archived: true });
    for (let index = 0; index < 250; index += 1) {
      const other = world.discord.addThread(forumId, 'Chat').id;
      world.discord.setThread(other, { archived: true });
      archivedAt(other, Date.now() + 1000 + index);
    }

    expect(await world.lookUp(delivery, 0)).toMatchObject({ kind: 'found', messageId: post?.id });
    expect(await world.lookUp(delivery, 1)).toEqual({ kind: 'absent' });
    expect(world.asked('GET', /archived/)).toHaveLength(6);
  });

  it('asks for no first message of an older post, or of somebody else', async () => {
    await world.send(delivery, 0);
    world.discord.addThread(forumId, 'Same');
    const later = changeStep(delivery, 0, { firstAttemptAt: Date.now() + 120_000 });

    expect(await world.lookUp(later, 0)).toEqual({ kind: 'absent' });

    expect(world.asked('GET', /messages/)).toEqual([]);
  });

  it('stops at the first page that is older than the attempt', async () => {
    for (let index = 0; index < 150; index += 1) {
      const old = world.discord.addThread(forumId, 'Chat').id;
      world.discord.setThread(old, { archived: true });
      archivedAt(old, Date.now() - 3_600_000 - index);
    }

    expect(await world.lookUp(delivery, 0)).toEqual({ kind: 'absent' });
    expect(world.asked('GET', /archived/)).toHaveLength(1);
  });

  it('tells nothing for good where the history may not be read', async () => {
    world.discord.setBotPermissions(forumId, VIEW_AND_SEND);

    expect(await world.lookUp(delivery, 0)).toEqual({ kind: 'unreadable' });

    world.discord.setBotPermissions(forumId, VIEW_AND_SEND | READ_HISTORY);
    expect(await world.lookUp(delivery, 0)).toEqual({ kind: 'absent' });
  });

  it('tells nothing when the first message of a post was deleted', async () => {
    await world.send(delivery, 0);
    const id = postsIn(forumId)[0]?.id ?? '';
    world.discord.deleteMessage(id, id);

    expect(await world.lookUp(delivery, 0)).toEqual({ kind: 'unreadable' });
  });
});

function archivedAt(threadId: string, instant: number): void {
  const thread = world.discord.state.channels[threadId]?.thread_metadata;
  if (thread !== undefined) thread.archive_timestamp = new Date(instant).toISOString();
}
