import type { BaseInteraction } from 'discord.js';
import type {
  AnyReply,
  Command,
  CommandRequest,
  Control,
  Request,
} from '../../src/discord/interactions/command.ts';
import { encodeCustomId } from '../../src/discord/interactions/custom-id.ts';
import { mayManageServer } from '../../src/discord/rights/permissions.ts';
import { DEFAULT_LOCALE, textsFor } from '../../src/discord/texts/texts.ts';
import { UserError } from '../../src/errors.ts';
import { destinationId } from '../../src/subscriptions/destination.ts';
import type { CommandContext } from '../context.ts';
import { seeDestination, type Seen } from '../parts/access.ts';
import { buildFollowBlocks } from '../follow/follow-list.ts';
import { CHANNEL_OPTION, findTarget } from '../parts/find-target.ts';
import { buildButton, buildRow, buildTurnButtons, readPageNumber, takePage } from '../parts/message-parts.ts';
import { besideButton, buildNote, buildPanel, lengthOf } from '../parts/panel.ts';
import { describeBriefly, describeSource } from './describe-destination.ts';
import { buildDestinationView } from './subscription-controls.ts';

/** Places on a page, where there is room for them. */
const PAGE = 5;
/** Characters of all texts in one message: https://docs.discord.com/developers/components/reference */
const MOST_TEXT = 4_000;
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
    const { texts, values } = request;
    const [scope = '', page = '0', chosen] = values;
    const all = await listVisible(request, scope, context);
    const seen = all.find(({ destination }) => destination.id === chosen);
    if (seen === undefined) throw new UserError('control-outdated', {});
    return buildDestinationView(seen, context, { texts, from: [scope, page] });
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
): Promise<AnyReply> {
  const { texts } = request;
  const all = await listVisible(request, scope, context);
  const [only, ...others] = all;
  const channelId = scope === WHOLE_SERVER ? request.here?.id : scope;
  const papers = await buildFollowBlocks(request, channelId, context);
  if (only === undefined) {
    const isEmpty = papers.every((block) => block.length === 0);
    return isEmpty ? buildNote(texts.subscriptions.nothingHere()) : buildPanel(...papers);
  }
  if (others.length === 0) return buildDestinationView(only, context, { texts, papers });
  const head = [`### ${texts.subscriptions.places(all.length)}`, describeSource(context, texts)];
  const briefs = all.map(({ destination }) => ({
    id: destination.id,
    text: describeBriefly(destination, context, texts),
  }));
  const shown = takePage(fillPages(briefs, MOST_TEXT - lengthOf(head, ...papers)), wanted, 1);
  const turnTo = (to: number) => encodeCustomId('subscriptions-page', scope, to);
  const turning = buildTurnButtons(turnTo, shown, texts);
  return buildPanel(
    head,
    ...shown.items.flat().map(({ id, text }) => {
      const openId = encodeCustomId('subscriptions-open', scope, shown.page, id);
      return [besideButton(text, buildButton(openId, texts.subscriptions.open))];
    }),
    turning.length === 0 ? [] : [buildRow(...turning)],
    ...papers,
  );
}

interface Brief {
  readonly id: string;
  readonly text: string;
}

/** Each page has as many places as its texts have room for. */
function fillPages(briefs: readonly Brief[], room: number): readonly (readonly Brief[])[] {
  const pages: Brief[][] = [];
  let left = 0;
  for (const brief of briefs) {
    const page = pages.at(-1);
    const { length } = brief.text;
    const isFull = page === undefined || page.length === PAGE || length > left;
    if (isFull) pages.push([brief]);
    else page.push(brief);
    left = (isFull ? room : left) - length;
  }
  return pages;
}
