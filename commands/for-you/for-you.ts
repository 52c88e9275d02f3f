import type { Command, Control } from '../../src/discord/interactions/command.ts';
import { encodeCustomId } from '../../src/discord/interactions/custom-id.ts';
import { buildText } from '../../src/discord/rendering/components.ts';
import { buildTitleLink } from '../../src/discord/rendering/paper-texts.ts';
import { DEFAULT_LOCALE, textsFor } from '../../src/discord/texts/texts.ts';
import { UserError } from '../../src/errors.ts';
import { MOST_DISMISSED } from '../../src/for-you/choices.ts';
import { destinationId } from '../../src/subscriptions/destination.ts';
import { followInstead } from '../../src/subscriptions/follow-topic.ts';
import { unfollowTopic } from '../../src/subscriptions/unfollow-topic.ts';
import { FOR_YOU, FOR_YOU_WEEKLY, isForYou } from '../../src/topics/topic.ts';
import type { CommandContext } from '../context.ts';
import { findPaper } from '../papers/find-paper.ts';
import { isForeignServer } from '../parts/find-target.ts';
import { buildButton, buildRow } from '../parts/message-parts.ts';
import { buildAnswer } from '../subscribe/subscribe-answer.ts';
import { followAt } from '../subscribe/subscribe.ts';
import { askToEndLast, isLastTopic } from '../subscribe/unsubscribe.ts';
import { buildForYouPage } from './for-you-page.ts';

const TITLE = 150;

export const forYou: Command<CommandContext> = {
  data: { name: 'foryou', description: textsFor(DEFAULT_LOCALE).commands.forYou.description },
  execute: (request, context) => buildForYouPage(request, context),
};

export const dismissPick: Control<CommandContext> = {
  name: 'not-for-me',
  answer: 'update',
  async execute(request, context) {
    const { interaction, texts } = request;
    const paper = await findPaper(request.values[0] ?? '', context);
    const title = buildTitleLink(paper, TITLE);
    const userId = interaction.user.id;
    // It was saved meanwhile, and what is saved counts more than what was dismissed.
    if ((await context.savedPapers.get(userId, paper.id)) !== undefined) {
      return buildForYouPage(request, context, [buildText(texts.forYou.isSaved(title))]);
    }
    const dismissal = { userId, paperId: paper.id, at: context.clock.now() };
    await context.forYouChoices.dismiss(dismissal, MOST_DISMISSED);
    return buildForYouPage(request, context, [
      buildText(texts.forYou.dismissed(title)),
      buildRow(buildButton(encodeCustomId('for-me', paper.id), texts.forYou.takeBack)),
    ]);
  },
};

export const takeBackDismissal: Control<CommandContext> = {
  name: 'for-me',
  answer: 'update',
  async execute(request, context) {
    const { interaction, texts } = request;
    const paper = await findPaper(request.values[0] ?? '', context);
    await context.forYouChoices.takeBack(interaction.user.id, paper.id);
    const words = texts.forYou.takenBack(buildTitleLink(paper, TITLE));
    return buildForYouPage(request, context, [buildText(words)]);
  },
};

/** Picks by direct message, as a topic: its schedule, its pauses and its records are those of all that comes there. */
export const followForYou: Control<CommandContext> = {
  name: 'foryou-dm',
  answer: 'reply',
  async execute(request, context) {
    const { interaction, texts } = request;
    const userId = interaction.user.id;
    const topic = request.values[0] === 'weekly' ? FOR_YOU_WEEKLY : FOR_YOU;
    const present = await findHeld(userId, context);
    if (present === undefined || present.held.topic.query === topic.query) {
      return followAt(request, { place: { kind: 'dm', userId }, topic, minUpvotes: 0 }, context);
    }
    const { id } = present.destination;
    const change = { destinationId: id, subscriptionId: present.held.id, topic, by: userId };
    const result = await followInstead(change, context.destinations, context.random);
    await context.scheduler.settled(id);
    return buildAnswer({ result, userId, locale: interaction.locale, texts }, context);
  },
};

export const stopForYou: Control<CommandContext> = {
  name: 'foryou-stop',
  answer: 'update',
  async execute(request, context) {
    const present = await findHeld(request.interaction.user.id, context);
    if (present !== undefined) {
      const { destination, held } = present;
      if (isLastTopic(destination)) return askToEndLast(present, request);
      await unfollowTopic(destination.id, held.id, context.destinations);
      await context.scheduler.settled(destination.id);
    }
    return buildForYouPage(request, context);
  },
};

async function findHeld(userId: string, { destinations }: Pick<CommandContext, 'destinations'>) {
  const destination = await destinations.get(destinationId({ kind: 'dm', userId }));
  const held = destination?.subscriptions.find(({ topic }) => isForYou(topic));
  return destination && held && { destination, held };
}

export const countSaves: Control<CommandContext> = {
  name: 'count-saves',
  answer: 'update',
  async execute(request, context) {
    const { interaction, values } = request;
    const { guildId, user } = interaction;
    const userId = user.id;
    const { forYouChoices, clock } = context;
    if (values[0] === 'nowhere') {
      for (const one of await forYouChoices.serversOf(userId)) await forYouChoices.endCounts(userId, one);
      return buildForYouPage(request, context);
    }
    if (guildId === null || isForeignServer(request)) throw new UserError('server-only', {});
    if (values[0] === 'on') await forYouChoices.setCounts({ userId, guildId, at: clock.now() });
    else await forYouChoices.endCounts(userId, guildId);
    return buildForYouPage(request, context);
  },
};
