import { ChannelType, MessageFlags, REST } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Post } from '../../../../src/digest/post.ts';
import { editPost } from '../../../../src/discord/transport/edit-post.ts';
import { buildPost } from '../../../support/build-post.ts';
import {
  openTransportWorld,
  planDelivery,
  READ_HISTORY,
  type TransportWorld,
  VIEW_AND_SEND,
} from '../../../support/transport-world.ts';

const EDITED = { kind: 'edited' };
const CLASSIC = { content: '▲ 9' };
const LAYOUT = { flags: MessageFlags.IsComponentsV2, components: [{ type: 10, content: '▲ 9' }] };

let world: TransportWorld;
let channelId: string;
let post: Post;

beforeEach(async () => {
  world = await openTransportWorld();
  channelId = world.discord.addChannel(world.guildId, 'papers').id;
  post = await sendTo(channelId);
});
afterEach(() => world.discord.close());

async function sendTo(place: string, about: Partial<Post> = {}): Promise<Post> {
  const plan = planDelivery(world.placeIn(place), ['First'], { style: 'embeds' });
  const sent = await world.send(plan, 0);
  if (sent.kind !== 'sent') throw new Error(sent.kind);
  return buildPost({ channelId: place, messageId: sent.messageId, ...about });
}
const message = (place = channelId) => world.discord.messagesOf(place)[0];
const edits = () => world.discord.requests.filter(({ method }) => method === 'PATCH');

describe('an edit', () => {
  it('lets the message show something else', async () => {
    expect(await world.transport.edit(post, CLASSIC)).toEqual(EDITED);

    expect(message()?.content).toBe('▲ 9');
    expect(world.discord.messagesOf(channelId)).toHaveLength(1);
  });

  it('keeps a message of components one', async () => {
    const payload = { ...LAYOUT, components: [{ type: 10, content: '▲ 5' }] };
    const place = world.discord.addChannel(world.guildId, 'layouts').id;
    const sent = await world.send(planDelivery(world.placeIn(place), ['First']), 0, { payload });
    const messageId = sent.kind === 'sent' ? sent.messageId : '';

    expect(await world.transport.edit({ ...post, channelId: place, messageId }, LAYOUT)).toEqual(EDITED);

    expect(message(place)).toMatchObject(LAYOUT);
  });

  it('pings nobody, whatever the message says, and keeps the role that it mentioned', async () => {
    const role = world.discord.addRole(world.guildId, 'Readers', { mentionable: true }).id;

    await world.transport.edit({ ...post, role }, { content: '@everyone' });

    expect(edits()[0]?.body).toMatchObject({
      content: `<@&${role}> @everyone`,
      allowed_mentions: { parse: [] },
    });
    expect(message()).toMatchObject({ mention_everyone: false, mention_roles: [] });
  });

  it('lets a digest go first that came later', async () => {
    const other = world.discord.addChannel(world.guildId, 'other').id;
    // Everything waits for its turn behind one request.
    const first = world.rest.get('/users/@me');
    const edit = world.transport.edit(post, CLASSIC);
    const digest = world.send(planDelivery(world.placeIn(other), ['Second']), 0);
    await Promise.all([first, edit, digest]);

    const order = world.discord.requests.slice(-2).map(({ method }) => method);
    expect(order).toEqual(['POST', 'PATCH']);
  });
});

describe('what Discord answers to an edit', () => {
  it.each([
    [404, 10_008],
    [403, 50_005],
    [403, 50_001],
    [403, 50_013],
    [400, 50_083],
    [404, 10_003],
    [400, 20_022],
    [400, 50_035],
    [403, 50_007],
  ])('is the end of it with status %i and code %i', async (status, code) => {
    world.discord.fail({ route: /messages/, status, code });

    expect(await world.transport.edit(post, CLASSIC)).toMatchObject({ kind: 'lasting', code });
    expect(edits()).toHaveLength(1);
  });

  it.each([
    [{ limit: 'user' }, { kind: 'failed', retryAfterMs: 1050 }],
    [{ limit: 'shared' }, { kind: 'failed', retryAfterMs: 1050 }],
    [{ status: 500 }, { kind: 'unclear' }],
    [{ status: 403, body: 'html' }, { kind: 'unclear' }],
    [{ drop: 'drop-after' }, { kind: 'unclear' }],
    [{ status: 401 }, { kind: 'fatal' }],
  ] as const)('is not with %o', async (failure, answer) => {
    world.discord.fail({ route: /messages/, ...failure });

    expect(await world.transport.edit(post, CLASSIC)).toMatchObject(answer);
    expect(edits()).toHaveLength(1);
  });

  it.each([{}, { id: '1' }, 'ok', undefined])(
    'is unknown with 200 and %j, which is not the message',
    async (body) => {
      const rest = new REST();
      rest.patch = async () => body;

      expect(await editPost(rest, post, CLASSIC)).toMatchObject({ kind: 'unclear' });
    },
  );

  it('is one edit too many after three in six seconds, which hinders nothing else', async () => {
    world.discord.setClockAhead(2 * 3_600_000);

    const answers = [];
    for (let index = 0; index < 4; index += 1) answers.push(await world.transport.edit(post, CLASSIC));

    expect(answers.map(({ kind }) => kind)).toEqual(['edited', 'edited', 'edited', 'failed']);
    expect(await world.send(planDelivery(world.placeIn(channelId), ['Second']), 0)).toMatchObject({
      kind: 'sent',
    });
  });

  it('never comes at a stop', async () => {
    world.limiter.stop();

    expect(await world.transport.edit(post, CLASSIC)).toEqual({ kind: 'held-back' });
  });
});

describe('a message of an announcement channel', () => {
  beforeEach(async () => {
    channelId = world.discord.addChannel(world.guildId, 'news', ChannelType.GuildAnnouncement).id;
    post = await sendTo(channelId, { mayBeCrossposted: true });
  });

  it('is edited as long as nobody has published it', async () => {
    expect(await world.transport.edit(post, CLASSIC)).toEqual(EDITED);
  });

  it('is left alone once it was published to other channels', async () => {
    world.discord.crosspost(channelId, post.messageId);

    expect(await world.transport.edit(post, CLASSIC)).toMatchObject({ kind: 'lasting' });
    expect(edits()).toEqual([]);
  });

  it('is left alone where nobody can tell', async () => {
    world.discord.setBotPermissions(channelId, VIEW_AND_SEND & ~READ_HISTORY);

    expect(await world.transport.edit(post, CLASSIC)).toMatchObject({ kind: 'lasting', code: 50_013 });
    expect(edits()).toEqual([]);
  });
});
