import { partOf } from '../http/form.ts';
import type { JsonRecord, Message } from '../state.ts';

/** What a person filled in, by the ids of the fields; a field that is left out keeps what it was opened with. */
export type Filled = Readonly<Record<string, string | readonly string[]>>;

/** A form as a person has it before them. */
export interface OpenModal {
  readonly id: string;
  readonly modal: JsonRecord;
  /** The message of the button that opened it. */
  readonly source: Message | undefined;
}

const TYPE = { menu: 3, text: 4, radio: 21, checks: 22, check: 23 };

/**
 * Forms by the person who has them open. Phones show the values of the first form that they saw with a custom id:
 * https://github.com/discord/discord-api-docs/issues/7554
 */
export interface Modals {
  open(userId: string, shown: OpenModal): OpenModal;
  /** The form, which is still open. */
  find(userId: string, id: string): OpenModal;
  close(userId: string): void;
}

export function createModals(): Modals {
  const open = new Map<string, OpenModal>();
  const firstSeen = new Map<string, JsonRecord>();
  return {
    open(userId, shown) {
      const key = `${userId} ${String(shown.modal['custom_id'])}`;
      const modal = firstSeen.get(key) ?? shown.modal;
      firstSeen.set(key, modal);
      const made = { ...shown, modal };
      open.set(userId, made);
      return made;
    },
    find(userId, id) {
      const found = open.get(userId);
      if (found?.id !== id) throw new Error('That form is not open any more');
      return found;
    },
    close: (userId) => void open.delete(userId),
  };
}

/** What Discord sends when it is submitted; raises what its own client does not let through. */
export function buildSubmission({ modal }: OpenModal, filled: Filled): JsonRecord {
  const parts = Array.isArray(modal['components']) ? modal['components'].map(partOf) : [];
  const unknown = new Set(Object.keys(filled));
  const components = parts.map((part, at) => {
    const field = partOf(part['component']);
    const id = String(field['custom_id']);
    unknown.delete(id);
    const base = { type: part['type'], id: 2 * at + 1 };
    if (part['component'] === undefined) return base;
    const value = readValue(field, String(part['label']), filled[id]);
    return { ...base, component: { type: field['type'], id: 2 * at + 2, custom_id: id, ...value } };
  });
  const [stray] = unknown;
  if (stray !== undefined) throw new Error(`The form has no field ${stray}`);
  return { custom_id: modal['custom_id'], components };
}

function readValue(
  field: JsonRecord,
  label: string,
  given: string | readonly string[] | undefined,
): JsonRecord {
  const isNeeded = field['required'] !== false;
  const refuse = (what: string): never => {
    throw new Error(`${label}: ${what}`);
  };
  if (field['type'] === TYPE.text) {
    const [value = ''] = [given ?? field['value'] ?? []].flat().map(String);
    const length = Array.from(value).length;
    if (isNeeded && value.trim() === '') refuse('this is required');
    if (value !== '' && length < Number(field['min_length'] ?? 0)) refuse('that is too short');
    if (length > Number(field['max_length'] ?? 4000)) refuse('that is too long');
    return { value };
  }
  if (field['type'] === TYPE.check)
    return { value: given === undefined ? field['default'] === true : given === 'true' };
  const options = Array.isArray(field['options']) ? field['options'].map(partOf) : [];
  const presets = options.filter((one) => one['default'] === true).map((one) => String(one['value']));
  const values = given === undefined ? presets : [given].flat();
  if (values.some((value) => !options.some((one) => one['value'] === value))) refuse('that is no option');
  const most =
    field['type'] === TYPE.radio
      ? 1
      : Number(field['max_values'] ?? (field['type'] === TYPE.checks ? 10 : 1));
  if (values.length < Number(field['min_values'] ?? (isNeeded ? 1 : 0))) refuse('choose more');
  if (values.length > most) refuse('choose fewer');
  return field['type'] === TYPE.radio ? { value: values[0] ?? null } : { values };
}
