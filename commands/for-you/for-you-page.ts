import type { APIComponentInContainer, BaseInteraction } from 'discord.js';
import { listDayAt } from '../../src/calendar/list-day.ts';
import { addDays } from '../../src/calendar/zoned-time.ts';
import type { LayoutReply, Request } from '../../src/discord/interactions/command.ts';
import { encodeCustomId } from '../../src/discord/interactions/custom-id.ts';
import {
  buildButtons,
  buildLinkButton,
  buildPressButton,
  buildSeparator,
  buildText,
} from '../../src/discord/rendering/components.ts';
import { escapeWithin } from '../../src/discord/rendering/escape-markdown.ts';
import { buildCardText, buildSaveButton } from '../../src/discord/rendering/paper-card.ts';
import { buildTitleLink, paperUrl } from '../../src/discord/rendering/paper-texts.ts';
import type { Texts } from '../../src/discord/texts/texts.ts';
import { pickForYou } from '../../src/for-you/pick-for-you.ts';
import { destinationId } from '../../src/subscriptions/destination.ts';
import type { PickedPaper } from '../../src/topics/paper-search.ts';
import { FOR_YOU, FOR_YOU_WEEKLY, isForYou } from '../../src/topics/topic.ts';
import type { CommandContext } from '../context.ts';
import { isForeignServer } from '../parts/find-target.ts';
import { buildBoxReply, buildButton, buildRow } from '../parts/message-parts.ts';
import { queryCode } from '../subscribe/topic-label.ts';

/** Discord takes 40 components in a message: with a note above, one pick fewer has room. */
const PICKS = { alone: 5, withNote: 4 };
const DAYS = 14;
/** All picks, of 4,000 characters and 10,170 bytes; and the most that the title of one with why takes. */
const PICKED = { characters: 3_100, bytes: 8_000 };
const SHORT = { characters: 480, bytes: 1_200 };
const TITLE = 120;
const SUMMARY = 180;
const LIKED = 70;
const WORDS = 3;

type Asked = Pick<Request<BaseInteraction>, 'interaction' | 'texts'>;

/** Papers like those that a person saved, each with why, and where more of it can go. */
export async function buildForYouPage(
  { interaction, texts }: Asked,
  context: CommandContext,
  notes: readonly APIComponentInContainer[] = [],
): Promise<LayoutReply> {
  const userId = interaction.user.id;
  const saved = await context.savedPapers.count(userId);
  const limit = notes.length === 0 ? PICKS.alone : PICKS.withNote;
  const picks = saved === 0 ? [] : await findPicks(userId, limit, context);
  const trending = buildButton(encodeCustomId('list', 'trending', 0), texts.search.showTrending);
  const head =
    saved === 0
      ? [buildText(texts.forYou.nothingSaved()), buildRow(trending)]
      : [
          buildText(texts.forYou.title(saved)),
          ...(picks.length === 0 ? [buildText(texts.forYou.nothingNew(DAYS))] : []),
        ];
  return buildBoxReply([
    ...notes,
    ...head,
    ...buildPicks(picks, context, texts),
    buildSeparator(),
    ...(await buildDmChoice(userId, context, texts)),
    ...(await buildCountChoice(interaction, context, texts)),
  ]);
}

function findPicks(userId: string, limit: number, context: CommandContext): Promise<readonly PickedPaper[]> {
  const { savedPapers, forYouChoices: choices, search, clock } = context;
  const range = { after: addDays(listDayAt(clock.now()), -DAYS) };
  const wish = { range, without: [], limit };
  return pickForYou({ kind: 'person', userId }, wish, { savedPapers, choices, pick: search.pick });
}

/** Each as a whole card while there is room for the titles of the rest; with long texts the title is enough. */
function buildPicks(
  picks: readonly PickedPaper[],
  { archive }: Pick<CommandContext, 'archive'>,
  texts: Texts,
): readonly APIComponentInContainer[] {
  let room = PICKED;
  return picks.flatMap((pick, at) => {
    const paper = archive.paper(pick.paperId);
    if (paper === undefined) return [];
    const why = explainPick(pick, { archive }, texts);
    const rest = picks.length - at - 1;
    const whole = `${buildCardText(paper, texts, { summary: SUMMARY })}\n${why}`;
    const isRoom =
      whole.length <= room.characters - rest * SHORT.characters &&
      Buffer.byteLength(whole) <= room.bytes - rest * SHORT.bytes;
    const shown = isRoom ? whole : `**${buildTitleLink(paper, TITLE)}**\n${why}`;
    room = {
      characters: room.characters - shown.length,
      bytes: room.bytes - Buffer.byteLength(shown),
    };
    return [buildSeparator(), buildText(shown), buildPickButtons(pick.paperId, texts)];
  });
}

function buildPickButtons(paperId: string, texts: Texts): APIComponentInContainer {
  return buildButtons([
    buildSaveButton(paperId, texts),
    buildPressButton(texts.forYou.notForMe, encodeCustomId('not-for-me', paperId)),
    buildLinkButton(texts.papers.huggingFace, paperUrl(paperId)),
  ]);
}

/** The saved paper that it is most like, an author of it who is known, and the words that decided. */
function explainPick(
  { like, words, authors: [author] }: PickedPaper,
  { archive }: Pick<CommandContext, 'archive'>,
  { forYou: texts }: Texts,
): string {
  const liked = archive.paper(like);
  const shown = words.slice(0, WORDS).map((word) => queryCode(word, 20));
  const reasons = [
    ...(liked === undefined ? [] : [texts.like(buildTitleLink(liked, LIKED))]),
    ...(author === undefined ? [] : [texts.by(escapeWithin(author, 40))]),
    ...(shown.length === 0 ? [] : [texts.words(shown.join(', '))]),
  ];
  return reasons.join(' · ');
}

async function buildDmChoice(
  userId: string,
  { destinations }: Pick<CommandContext, 'destinations'>,
  { forYou: texts }: Texts,
): Promise<readonly APIComponentInContainer[]> {
  const own = await destinations.get(destinationId({ kind: 'dm', userId }));
  const held = own?.subscriptions.find(({ topic }) => isForYou(topic))?.topic.query;
  const state = held === undefined ? 'off' : held === FOR_YOU_WEEKLY.query ? 'weekly' : 'daily';
  const button = (to: 'daily' | 'weekly' | 'off', label: string) =>
    buildButton(encodeCustomId('foryou-dm', to), label);
  return [
    buildText(state === 'off' ? texts.byDm.off : `${texts.byDm[state]} ${texts.when()}`),
    buildRow(
      ...(held === FOR_YOU.query ? [] : [button('daily', texts.daily)]),
      ...(held === FOR_YOU_WEEKLY.query ? [] : [button('weekly', texts.weekly)]),
      ...(held === undefined ? [] : [buildButton(encodeCustomId('foryou-stop'), texts.stop)]),
    ),
  ];
}

/** In a server, for that server. Elsewhere people can end it for all servers: they cannot go back to one that they left. */
async function buildCountChoice(
  interaction: Asked['interaction'],
  { forYouChoices }: Pick<CommandContext, 'forYouChoices'>,
  { forYou: texts }: Texts,
): Promise<readonly APIComponentInContainer[]> {
  const { guildId, user } = interaction;
  if (guildId === null || isForeignServer({ interaction })) {
    const servers = await forYouChoices.serversOf(user.id);
    if (servers.length === 0) return [];
    const end = buildButton(encodeCustomId('count-saves', 'nowhere'), texts.countNowhere);
    return [buildText(texts.countedIn(servers.length)), buildRow(end)];
  }
  const isCounted = await forYouChoices.counts(user.id, guildId);
  const id = encodeCustomId('count-saves', isCounted ? 'off' : 'on');
  return [
    buildText(isCounted ? texts.counted : texts.notCounted),
    buildRow(buildButton(id, isCounted ? texts.countNoMore : texts.count)),
  ];
}
