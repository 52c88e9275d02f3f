import type {
  AutocompleteInteraction,
  ButtonInteraction,
  ChatInputCommandInteraction,
  Interaction,
  MessageContextMenuCommandInteraction,
  ModalSubmitInteraction,
  StringSelectMenuInteraction,
} from 'discord.js';
import type { Clock } from '../../calendar/clock.ts';
import { UserError } from '../../errors.ts';
import type { Log } from '../../log.ts';
import { reasonOf } from '../rest/keep-trying.ts';
import { withPatience } from '../rest/pace-requests.ts';
import { answer, openForm, type Outcome, PATIENCE_MS } from './answer-interaction.ts';
import type {
  AnyReply,
  Command,
  Control,
  ControlRequest,
  Form,
  FormOpener,
  MessageCommand,
  Request,
} from './command.ts';
import { parseCustomId } from './custom-id.ts';
import { createEditAgain, type FormDrafts, isVainToEdit, keepForm } from './edit-again.ts';
import type { PayloadKeeper } from './payload-keeper.ts';
import { readFormFields } from './read-form-fields.ts';
import { readRequest, textsOf } from './read-request.ts';
import { createPersonLimit, type PersonLimit } from './person-limit.ts';
import { sendChoices } from './send-choices.ts';
import { isLost } from './send-reply.ts';

interface RouterParts<Context> {
  readonly commands: readonly Command<Context>[];
  readonly messageCommands: readonly MessageCommand<Context>[];
  readonly controls: readonly (Control<Context> | FormOpener<Context>)[];
  readonly forms: readonly Form<Context>[];
  readonly context: Context;
  readonly payloads: PayloadKeeper;
  readonly drafts: FormDrafts;
  /** The ids that Discord gave to the commands, by their names; empty until they are registered. */
  readonly commandIds: ReadonlyMap<string, string>;
  readonly clock: Pick<Clock, 'monotonic'>;
  /** Of one person, controls included; they get four times as many suggestions. 30 when absent. */
  readonly commandsPerMinute?: number | undefined;
  readonly log: Log;
  readonly onInteraction?: OnInteraction | undefined;
}

/** Told of each interaction, once it is answered. */
export type OnInteraction = (done: {
  readonly kind: 'command' | 'suggestions' | 'control' | 'form';
  /** `unknown` for what this version does not have. */
  readonly name: string;
  readonly outcome: Outcome;
  readonly ms: number;
}) => void;

const COMMANDS_PER_MINUTE = 30;
/** One comes with each pause in the typing. */
const SUGGESTIONS_TO_COMMANDS = 4;

interface Router<Context> extends RouterParts<Context> {
  readonly limitCommands: PersonLimit;
  readonly limitSuggestions: PersonLimit;
}

/** Answers one interaction, whatever happens; it never rejects. */
export function createInteractionRouter<Context>(
  parts: RouterParts<Context>,
): (interaction: Interaction) => Promise<void> {
  const commands = new Map(parts.commands.map((command) => [command.data.name, command]));
  const messageCommands = new Map(parts.messageCommands.map((command) => [command.data.name, command]));
  const editAgain = createEditAgain(parts.controls, parts.drafts);
  const controls = new Map([...parts.controls, editAgain].map((control) => [control.name, control]));
  const forms = new Map(parts.forms.map((form) => [form.name, form]));
  const { commandsPerMinute = COMMANDS_PER_MINUTE, clock } = parts;
  const monotonic = () => clock.monotonic();
  const router: Router<Context> = {
    ...parts,
    limitCommands: createPersonLimit(commandsPerMinute, monotonic),
    limitSuggestions: createPersonLimit(commandsPerMinute * SUGGESTIONS_TO_COMMANDS, monotonic),
  };

  function begin(interaction: Interaction): Begun | undefined {
    if (interaction.isAutocomplete()) {
      const command = commands.get(interaction.commandName);
      return ['suggestions', command?.data.name, suggest(interaction, command, router)];
    }
    if (interaction.isChatInputCommand()) {
      const command = commands.get(interaction.commandName);
      return ['command', command?.data.name, runCommand(interaction, command, router)];
    }
    if (interaction.isMessageContextMenuCommand()) {
      const command = messageCommands.get(interaction.commandName);
      return ['command', command?.data.name, runCommand(interaction, command, router)];
    }
    if (interaction.isButton() || interaction.isStringSelectMenu()) {
      const control = controls.get(nameOf(interaction));
      return ['control', control?.name, runControl(interaction, control, router)];
    }
    if (!interaction.isModalSubmit()) return undefined;
    const form = forms.get(nameOf(interaction));
    return ['form', form?.name, submitForm(interaction, form, router)];
  }

  async function route(interaction: Interaction): Promise<void> {
    const startedAt = clock.monotonic();
    let outcome: Outcome = 'failed';
    let begun: Begun | undefined;
    try {
      begun = begin(interaction);
      if (begun === undefined) return;
      outcome = await begun[2];
    } catch (error) {
      if (isLost(error))
        parts.log.warn({ reason: reasonOf(error) }, 'an answer was lost on its way to Discord');
      else parts.log.error({ err: error }, 'an interaction could not be answered');
    }
    const [kind, name = 'unknown'] = begun ?? ['command'];
    parts.onInteraction?.({ kind, name, outcome, ms: clock.monotonic() - startedAt });
  }

  return (interaction) => withPatience(AbortSignal.timeout(PATIENCE_MS), () => route(interaction));
}

type Begun = readonly [
  kind: Parameters<OnInteraction>[0]['kind'],
  name: string | undefined,
  outcome: Promise<Outcome>,
];

async function runCommand<
  I extends ChatInputCommandInteraction | MessageContextMenuCommandInteraction,
  Context,
>(
  interaction: I,
  command: { execute(request: Request<I>, context: Context): Promise<AnyReply> } | undefined,
  router: Router<Context>,
): Promise<Outcome> {
  return await answer(interaction, 'reply', router, {
    async run() {
      if (command === undefined) throw new UserError('control-outdated', {});
      return await command.execute(readRequest(interaction, router), router.context);
    },
  });
}

async function runControl<Context>(
  interaction: ButtonInteraction | StringSelectMenuInteraction,
  control: Control<Context> | FormOpener<Context> | undefined,
  router: Router<Context>,
): Promise<Outcome> {
  const readControl = (): ControlRequest => {
    const { values } = parseCustomId(interaction.customId);
    return { ...readRequest(interaction, router), values };
  };
  if (control?.answer === 'form') {
    return await openForm(interaction, router, async () => control.execute(readControl(), router.context));
  }
  return await answer(interaction, control?.answer ?? 'reply', router, {
    async run() {
      const request = readControl();
      if (control === undefined) throw new UserError('control-outdated', {});
      return await control.execute(request, router.context);
    },
  });
}

async function submitForm<Context>(
  interaction: ModalSubmitInteraction,
  form: Form<Context> | undefined,
  router: Router<Context>,
): Promise<Outcome> {
  const { drafts, log } = router;
  const editAgain = () =>
    keepForm(interaction, { drafts, texts: textsOf(interaction, router) }).catch((error: unknown) => {
      log.warn({ err: error }, 'what was typed could not be kept');
      return undefined;
    });
  return await answer(interaction, form?.answer ?? 'reply', router, {
    async run() {
      const { values } = parseCustomId(interaction.customId);
      if (form === undefined) throw new UserError('control-outdated', {});
      const request = { ...readRequest(interaction, router), values, editAgain };
      return await form.execute({ ...request, fields: readFormFields(interaction) }, router.context);
    },
    offer: async (failure) => (isVainToEdit(failure) ? undefined : editAgain()),
  });
}

function nameOf({ customId }: { readonly customId: string }): string {
  return /^[a-z-]*/.exec(customId)?.[0] ?? '';
}

async function suggest<Context>(
  interaction: AutocompleteInteraction,
  command: Command<Context> | undefined,
  router: Router<Context>,
): Promise<Outcome> {
  const isTooFast = router.limitSuggestions(interaction.user.id) > 0;
  await sendChoices(interaction, router.log, async () =>
    isTooFast
      ? []
      : ((await command?.autocomplete?.(readRequest(interaction, router), router.context)) ?? []),
  );
  return isTooFast ? 'refused' : 'answered';
}
