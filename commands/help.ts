import type { APIButtonComponentWithCustomId } from 'discord.js';
import type { Command, Control } from '../src/discord/interactions/command.ts';
import { encodeCustomId } from '../src/discord/interactions/custom-id.ts';
import { DEFAULT_LOCALE, textsFor } from '../src/discord/texts/texts.ts';
import { EVERY_PAPER } from '../src/topics/topic.ts';
import type { CommandContext } from './context.ts';
import { buildLatestDay } from './papers/papers.ts';
import { chooseOpenPlace, mayFollowHere } from './parts/choose-place.ts';
import { buildButton, buildRow } from './parts/message-parts.ts';
import { buildPanel } from './parts/panel.ts';
import { followAt } from './subscribe/subscribe.ts';
import { buildTopics } from './subscribe/topics.ts';

/** What a button of `/help` begins. */
type Start = 'latest' | 'language' | 'dm-topics' | 'dm-all' | 'here-topics' | 'here-all';

export const help: Command<CommandContext> = {
  data: { name: 'help', description: textsFor(DEFAULT_LOCALE).commands.help.description },
  async execute(request) {
    const { help: words } = request.texts;
    const { start } = words;
    return buildPanel(
      [words.title],
      [words.look(), buildRow(startButton('latest', start.latest), startButton('language', start.language))],
      [
        words.byDm(),
        buildRow(startButton('dm-topics', start.topics), startButton('dm-all', start.everyPaper)),
      ],
      [
        words.channel(),
        mayFollowHere(request)
          ? buildRow(
              startButton('here-topics', start.topicsHere),
              startButton('here-all', start.everyPaperHere),
            )
          : undefined,
      ],
      [words.reading()],
      [words.more()],
    );
  },
};

function startButton(start: Start, label: string): APIButtonComponentWithCustomId {
  return buildButton(encodeCustomId('start', start), label);
}

export const startFromHelp: Control<CommandContext> = {
  name: 'start',
  answer: 'reply',
  async execute(request, context) {
    const { interaction, texts, values } = request;
    const [start] = values;
    const every = { topic: EVERY_PAPER, minUpvotes: 0 };
    if (start === 'latest') return buildLatestDay(context, texts);
    if (start === 'dm-topics') return buildTopics('dm', context, texts);
    if (start === 'here-topics') return buildTopics('here', context, texts);
    if (start === 'dm-all') {
      const place = { kind: 'dm', userId: interaction.user.id } as const;
      return followAt(request, { ...every, place }, context);
    }
    if (start === 'here-all') {
      return followAt(request, { ...every, ...(await chooseOpenPlace(request, context)) }, context);
    }
    return { content: texts.help.language() };
  },
};
