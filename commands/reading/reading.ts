import { ApplicationCommandOptionType, ApplicationIntegrationType, InteractionContextType } from 'discord.js';
import type { Command, Control } from '../../src/discord/interactions/command.ts';
import { DEFAULT_LOCALE, textsFor } from '../../src/discord/texts/texts.ts';
import type { CommandContext } from '../context.ts';
import { askerOf } from '../parts/asker.ts';
import { identifyPaper, suggestPapers } from '../papers/find-paper.ts';
import { buildCandidates } from '../papers/paper-list.ts';
import { requireServer } from '../parts/access.ts';
import { pickPaper, startPoll } from './decide.ts';
import { nominate } from './nominate.ts';
import { HISTORY_FORMATS, showHistory } from './reading-history.ts';
import { buildReadingPanel } from './reading-panel.ts';

const { commands } = textsFor(DEFAULT_LOCALE);
const TEXT = ApplicationCommandOptionType.String as const;
/** A week. */
const MOST_HOURS = 168;

/** A server's own: nobody has it in direct messages, or for themselves. */
export const SERVERS_ONLY = {
  integration_types: [ApplicationIntegrationType.GuildInstall],
  contexts: [InteractionContextType.Guild],
};

export const reading: Command<CommandContext> = {
  data: {
    name: 'reading',
    description: commands.reading.description,
    ...SERVERS_ONLY,
    options: [
      { type: TEXT, name: 'nominate', description: commands.reading.nominate, autocomplete: true },
      {
        type: ApplicationCommandOptionType.Integer,
        name: 'poll',
        description: commands.reading.poll,
        min_value: 1,
        max_value: MOST_HOURS,
      },
      { type: TEXT, name: 'pick', description: commands.reading.pick, autocomplete: true },
      {
        type: TEXT,
        name: 'history',
        description: commands.reading.history,
        choices: HISTORY_FORMATS.map((value) => ({ name: commands.reading.formats[value], value })),
      },
    ],
  },
  async execute(request, context) {
    requireServer(request);
    const { options } = request.interaction;
    const hours = options.getInteger('poll');
    const format = HISTORY_FORMATS.find((one) => one === options.getString('history'));
    const picked = options.getString('pick');
    const text = options.getString('nominate') ?? picked;
    if (text !== null) {
      const { meant, near } = await identifyPaper(text, context, askerOf(request.interaction));
      if (meant === undefined) return buildCandidates(text, near, request.texts);
      return text === picked ? pickPaper(request, meant, context) : nominate(request, meant, context);
    }
    if (hours !== null) return startPoll(request, hours, context);
    if (format !== undefined) return showHistory(request, format, context);
    return buildReadingPanel(request, context);
  },
  autocomplete: async ({ interaction }, context) => suggestPapers(interaction.options.getFocused(), context),
};

export const openReading: Control<CommandContext> = {
  name: 'reading',
  answer: 'reply',
  execute: (request, context) => buildReadingPanel(request, context),
};

/** The same choice as in `/foryou`. */
export const countSavesHere: Control<CommandContext> = {
  name: 'count-saves-here',
  answer: 'update',
  async execute(request, context) {
    const { guildId } = requireServer(request);
    const userId = request.interaction.user.id;
    const { forYouChoices, clock } = context;
    if (request.values[0] === 'on') await forYouChoices.setCounts({ userId, guildId, at: clock.now() });
    else await forYouChoices.endCounts(userId, guildId);
    return buildReadingPanel(request, context);
  },
};
