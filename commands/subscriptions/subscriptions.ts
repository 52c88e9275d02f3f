import type { BaseInteraction } from 'discord.js';
import type {
  Command,
  CommandRequest,
  Control,
  Reply,
  Request,
} from '../../src/discord/interactions/command.ts';
import { encodeCustomId } from '../../src/discord/interactions/custom-id.ts';
import { COLOUR } from '../../src/discord/rendering/paper-card.ts';
import { mayManageServer } from '../../src/discord/interactions/permissions.ts';
import { TOPIC_TEXTS } from '../../src/discord/texts/topic-texts.ts';
import { UserError } from '../../src/errors.ts';
import { type Destination, destinationId } from '../../src/subscriptions/destination.ts';
import type { CommandContext } from '../context.ts';
import { describeBriefly, describeSource } from './describe-destination.ts';
import { EVERYWHERE } from '../parts/everywhere.ts';
import { CHANNEL_OPTION, findTarget } from '../parts/find-target.ts';
import { buildButton, buildMenu, buildRow, cut } from '../parts/message-parts.ts';
import { buildDestinationView } from './subscription-controls.ts';
import { topicName } from '../subscribe/topic-label.ts';

const PAGE = 6;
/** In a custom id, in place of a channel: all channels of the server. */
const WHOLE_SERVER = 'all';

export const subscriptions: Command<CommandContext> = {
  data: {
    ...EVERYWHERE,
    name: 'subscriptions',
    description: 'What is followed, when it comes next, and whether it gets through',
    options: [CHANNEL_OPTION],
  },
  execute: async (request, context) => buildList(request, { scope: scopeOf(request), page: 0 }, context),
};

function scopeOf(request: CommandRequest): string {
  const { interaction, here } = request;
  const isNamed = interaction.options.get('channel') !== null;
  if (here !== undefined && mayManageServer(here.memberPermissions) && !isNamed) return WHOLE_SERVER;
  const target = findTarget(request);
  return target.kind === 'dm' ? '' : target.channel.id;
}

export const turnSubscriptions: Control<CommandContext> = {
  name: 'subscriptions-page',
  answer: 'update',
  async execute(request, context) {
    const [scope = '', page = '0'] = request.values;
    return buildList(request, { scope, page: Number(page) }, context);
  },
};

export const openSubscriptions: Control<CommandContext> = {
  name: 'subscriptions-open',
  answer: 'update',
  async execute(request, context) {
    const { interaction, values } = request;
    const chosen = interaction.isStringSelectMenu() ? interaction.values[0] : undefined;
    const [scope = '', page = '0'] = values;
    const visible = await listVisible(request, scope, context);
    const destination = visible.find(({ id }) => id === chosen);
    if (destination === undefined) throw new UserError('control-outdated', {});
    const back = buildButton(encodeCustomId('subscriptions-page', scope, page), TOPIC_TEXTS.back);
    return buildDestinationView(destination, context, back);
  },
};

/** What the person may see of it: their own direct messages, and channels of the server they are in. */
async function listVisible(
  { interaction, here }: Request<BaseInteraction>,
  scope: string,
  { destinations }: CommandContext,
): Promise<readonly Destination[]> {
  const isWide = scope === WHOLE_SERVER && here !== undefined && mayManageServer(here.memberPermissions);
  const ofServer = interaction.guildId === null ? [] : await destinations.ofGuild(interaction.guildId);
  const inServer = ofServer.filter(({ place }) => {
    if (place.kind !== 'channel') return false;
    return isWide || place.channelId === scope || (scope === WHOLE_SERVER && place.channelId === here?.id);
  });
  const own = await destinations.get(destinationId({ kind: 'dm', userId: interaction.user.id }));
  return own === undefined ? inServer : [...inServer, own];
}

async function buildList(
  request: Request<BaseInteraction>,
  { scope, page }: { readonly scope: string; readonly page: number },
  context: CommandContext,
): Promise<Reply> {
  const all = await listVisible(request, scope, context);
  const [only, ...others] = all;
  if (only === undefined) return { content: TOPIC_TEXTS.nothingHere };
  if (others.length === 0) return buildDestinationView(only, context);
  const pages = Math.ceil(all.length / PAGE);
  const at = Math.min(Math.max(Number.isInteger(page) ? page : 0, 0), pages - 1);
  const shown = all.slice(at * PAGE, (at + 1) * PAGE);
  const blocks = shown.map((one, index) => `${at * PAGE + index + 1}. ${describeBriefly(one, context)}`);
  const menu = buildMenu(
    encodeCustomId('subscriptions-open', scope, at),
    TOPIC_TEXTS.openDestination,
    shown.map((one, index) => ({
      value: one.id,
      label: `${at * PAGE + index + 1}. ${labelOf(one)}`,
      description: cut(one.subscriptions.map(({ topic }) => topicName(topic)).join(', ')) || '–',
    })),
  );
  const turn = (to: number, label: string) =>
    buildButton(encodeCustomId('subscriptions-page', scope, to), label, { disabled: to < 0 || to >= pages });
  return {
    ...describeAll(blocks, all.length, context),
    components: [
      ...(menu === undefined ? [] : [menu]),
      ...(pages > 1 ? [buildRow(turn(at - 1, TOPIC_TEXTS.previous), turn(at + 1, TOPIC_TEXTS.next))] : []),
    ],
  };
}

function labelOf({ place }: Destination): string {
  return place.kind === 'dm' ? TOPIC_TEXTS.directMessages : TOPIC_TEXTS.channelKind[place.channelKind];
}

function describeAll(blocks: readonly string[], count: number, context: CommandContext): Reply {
  const silent = describeSource(context);
  return {
    content: [TOPIC_TEXTS.places(count), ...(silent === undefined ? [] : [silent])].join('\n'),
    embeds: [{ color: COLOUR, description: blocks.join('\n\n') }],
  };
}
