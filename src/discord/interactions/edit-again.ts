import {
  type APIButtonComponentWithCustomId,
  type APIModalInteractionResponseCallbackData,
  ButtonStyle,
  ComponentType,
  type ModalSubmitInteraction,
} from 'discord.js';
import { UserError } from '../../errors.ts';
import type { Texts } from '../texts/texts.ts';
import type { Control, FormOpener } from './command.ts';
import { encodeCustomId, parseCustomId } from './custom-id.ts';
import { readFormFields } from './read-form-fields.ts';

/** A form that was refused, as somebody had filled it in. */
export interface FormDraft {
  /** Of the interaction that was refused. */
  readonly id: string;
  /** Of the form, and of the control that opens it. */
  readonly name: string;
  /** Of that control. */
  readonly values: readonly string[];
  readonly fields: Readonly<Record<string, readonly string[]>>;
}

/** The latest of each person, for a day. Raises `StorageError`. */
export interface FormDrafts {
  keep(userId: string, draft: FormDraft): Promise<void>;
  of(userId: string): Promise<FormDraft | undefined>;
  removeOf(userId: string): Promise<void>;
}

const NAME = 'edit-again';

/** Keeps what was typed, and gives the button that opens the form with it. Raises `StorageError`. */
export async function keepForm(
  interaction: ModalSubmitInteraction,
  { drafts, texts }: { readonly drafts: FormDrafts; readonly texts: Texts },
): Promise<APIButtonComponentWithCustomId> {
  const { id, user, customId } = interaction;
  const { name, values } = parseCustomId(customId);
  const fields = Object.fromEntries(readFormFields(interaction));
  await drafts.keep(user.id, { id, name, values: values.slice(0, -1), fields });
  return {
    type: ComponentType.Button,
    style: ButtonStyle.Primary,
    custom_id: encodeCustomId(NAME, id),
    label: texts.pages.editAgain,
  };
}

/** What the form was about is gone, or somebody submits faster than a person can type. */
export function isVainToEdit(failure: unknown): boolean {
  return failure instanceof UserError && ['control-outdated', 'too-fast'].includes(failure.code);
}

/** Opens the form that was refused, with what was typed. Raises `control-outdated` once that is kept no more. */
export function createEditAgain<Context>(
  controls: readonly (Control<Context> | FormOpener<Context>)[],
  drafts: FormDrafts,
): FormOpener<Context> {
  return {
    name: NAME,
    answer: 'form',
    async execute(request, context) {
      const draft = await drafts.of(request.interaction.user.id);
      const opener = controls.find(({ name }) => name === draft?.name);
      if (draft === undefined || draft.id !== request.values[0] || opener?.answer !== 'form')
        throw new UserError('control-outdated', {});
      return fillIn(await opener.execute({ ...request, values: draft.values }, context), draft.fields);
    },
  };
}

function fillIn(
  form: APIModalInteractionResponseCallbackData,
  fields: FormDraft['fields'],
): APIModalInteractionResponseCallbackData {
  return {
    ...form,
    components: form.components.map((part) => {
      if (part.type !== ComponentType.Label) return part;
      const { component } = part;
      const filled = 'custom_id' in component ? fields[component.custom_id] : undefined;
      if (filled === undefined) return part;
      if (component.type === ComponentType.TextInput) {
        const { value: _before, ...rest } = component;
        const [value = ''] = filled;
        return { ...part, component: value === '' ? rest : { ...rest, value } };
      }
      if (component.type !== ComponentType.StringSelect) return part;
      const options = component.options.map((one) => ({ ...one, default: filled.includes(one.value) }));
      return { ...part, component: { ...component, options } };
    }),
  };
}
