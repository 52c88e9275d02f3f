import type { AutocompleteInteraction } from 'discord.js';
import { UserError } from '../../errors.ts';
import type { Log } from '../../log.ts';
import { asRefusal } from '../rest/pace-requests.ts';
import { AnswerHeldBackError } from '../rest/request-errors.ts';
import type { Choice } from './command.ts';
import { sendSurely } from './send-reply.ts';

const AUTOCOMPLETE_MS = 2_000;
const CHOICES = 25;
const CHOICE_LENGTH = 100;

/** Answers with what a command suggests: with nothing where that fails, may not leave or takes too long for Discord. */
export async function sendChoices(
  interaction: AutocompleteInteraction,
  log: Log,
  suggest: () => Promise<readonly Choice[]>,
): Promise<void> {
  const choices = await collectChoices(interaction, log, suggest);
  const shown = choices
    .filter(({ name, value }) => name !== '' && value.length <= CHOICE_LENGTH)
    .slice(0, CHOICES)
    .map(({ name, value }) => ({ name: name.slice(0, CHOICE_LENGTH), value }));
  try {
    await sendSurely(() => interaction.respond(shown));
  } catch (error) {
    if (!(error instanceof AnswerHeldBackError)) throw error;
    await asRefusal(() => interaction.respond([]));
  }
}

async function collectChoices(
  interaction: AutocompleteInteraction,
  log: Log,
  suggest: () => Promise<readonly Choice[]>,
): Promise<readonly Choice[]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<readonly Choice[]>((resolve) => {
    timer = setTimeout(() => resolve([]), AUTOCOMPLETE_MS);
  });
  try {
    return await Promise.race([suggest(), late]);
  } catch (error) {
    if (!(error instanceof UserError)) {
      log.warn({ err: error, command: interaction.commandName }, 'no suggestions because of an error');
    }
    return [];
  } finally {
    clearTimeout(timer);
  }
}
