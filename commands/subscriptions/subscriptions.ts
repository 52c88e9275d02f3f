import type { BaseInteraction } from 'discord.js';
import type {
  Command,
  CommandRequest,
  Control,
  Reply,
  Request,
} from '../../src/discord/interactions/command.ts';
import { encodeCustomId } from '../../src/discord/interactions/custom-id.ts';
import { COLOUR } from '../../src/discord/rendering/components.ts';
import { mayManageServer } from '../../src/discord/rights/permissions.ts';
import { DEFAULT_LOCALE, type Texts, textsFor } from '../../src/discord/texts/texts.ts';
import { UserError } from '../../src/errors.ts';
import { destinationId } from '../../src/subscriptions/destination.ts';
import type { CommandContext } from '../context.ts';
import { seeDestination, type Seen } from '../parts/access.ts';
import { CHANNEL_OPTION, findTarget } from '../parts/find-target.ts';
import {
  buildButton,
  buildMenu,
  buildRow,
  buildTurnButtons,
  type Page,
  readPageNumber,
  type Row,
  takePage,
} from '../parts/message-parts.ts';
import { topicName } from '../subscribe/topic-label.ts';
import { describeBriefly, describeSource } from './describe-destination.ts';
import { buildDestinationView } from './subscription-controls.ts';

const PAGE = 6;
/** In a custom id, in place of a channel: all channels of the server. */
const WHOLE_SERVER = 'all';

export const subscriptions: Command<CommandContext> = {
  data: {
    name: 'subscriptions',
    description: textsFor(DEFAULT_LOCALE).commands.subscriptions.description,
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
    return buildList(request, { scope, page: readPageNumber(page) }, context);
  },
};

export const openSubscriptions: Control<CommandContext> = {
  name: 'subscriptions-open',
  answer: 'update',
  async execute(request, context) {
    const { interaction, texts, values } = request;
    const chosen = interaction.isStringSelectMenu() ? interaction.values[0] : undefined;
    const [scope = '', page = '0'] = values;
    const all = await listVisible(request, scope, context);
    const seen = all.find(({ destination }) => destination.id === chosen);
    if (seen === undefined) throw new UserError('control-outdated', {});
    const back = buildButton(encodeCustomId('subscriptions-page', scope, page), texts.subscriptions.back);
    return buildDestinationView(seen, context, { texts, back });
  },
};

/** What the person may see of it: their own direct messages, and channels of the server they are in. */
async function listVisible(
  request: Request<BaseInteraction>,
  scope: string,
  { destinations }: Pick<CommandContext, 'destinations'>,
): Promise<readonly Seen[]> {
  const { interaction, here } = request;
  const isWide = scope === WHOLE_SERVER && here !== undefined && mayManageServer(here.memberPermissions);
  const channelId = scope === WHOLE_SERVER ? here?.id : scope;
  const ofServer = interaction.guildId === null ? [] : await destinations.ofGuild(interaction.guildId);
  const inServer = ofServer.filter(
    ({ place }) => place.kind === 'channel' && (isWide || place.channelId === channelId),
  );
  const own = await destinations.get(destinationId({ kind: 'dm', userId: interaction.user.id }));
  const all = own === undefined ? inServer : [...inServer, own];
  const seen = await Promise.all(all.map((one) => seeDestination(request, one)));
  return seen.filter((one) => one !== undefined);
}

async function buildList(
  request: Request<BaseInteraction>,
  { scope, page: wanted }: { readonly scope: string; readonly page: number },
  context: CommandContext,
): Promise<Reply> {
  const { texts } = request;
  const all = await listVisible(request, scope, context);
  const [only, ...others] = all;
  if (only === undefined) return { content: texts.subscriptions.nothingHere() };
  if (others.length === 0) return buildDestinationView(only, context, { texts });
  const shown = takePage(all, wanted, PAGE);
  const blocks = shown.items.map(
    ({ destination }, index) => `${numberOf(index, shown)}. ${describeBriefly(destination, context, texts)}`,
  );
  const menu = buildOpenMenu(encodeCustomId('subscriptions-open', scope, shown.page), shown, texts);
  const turnTo = (to: number) => encodeCustomId('subscriptions-page', scope, to);
  const turning = buildTurnButtons(turnTo, shown, texts);
  const silent = describeSource(context, texts);
  return {
    content: [texts.subscriptions.places(all.length), ...(silent === undefined ? [] : [silent])].join('\n'),
    embeds: [{ color: COLOUR, description: blocks.join('\n\n') }],
    components: [
      ...(menu === undefined ? [] : [menu]),
      ...(turning.length === 0 ? [] : [buildRow(...turning)]),
    ],
  };
}

function numberOf(index: number, { page }: Page<Seen>): number {
  return page * PAGE + index + 1;
}

function buildOpenMenu(id: string, shown: Page<Seen>, texts: Texts): Row | undefined {
  const { openDestination } = texts.subscriptions;
  const options = shown.items.map(({ destination: { id: value, subscriptions: topics } }, index) => {
    const followed = topics.map(({ topic }) => topicName(topic, texts)).join(', ');
    return { value, label: `${numberOf(index, shown)}. ${followed}` };
  });
  return buildMenu(id, openDestination, options);
}
