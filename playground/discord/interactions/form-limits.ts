import { createForm, type Form, partOf, type Path, refuseForm } from '../http/form.ts';
import type { JsonRecord } from '../state.ts';

const TYPE = { menu: 3, text: 4, display: 10, label: 18, upload: 19, radio: 21, checks: 22, check: 23 };
/** Menus of people, roles, both, and channels. */
const OTHER_MENUS: readonly unknown[] = [5, 6, 7, 8];

/**
 * What Discord refuses of a modal: https://docs.discord.com/developers/components/reference and
 * https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-modal
 */
export function checkModal(modal: unknown): void {
  const form = createForm();
  const { custom_id: id, title, components } = partOf(modal);
  form.text(id, ['data', 'custom_id'], { max: 100, required: true });
  form.text(title, ['data', 'title'], { max: 45, required: true });
  const path = ['data', 'components'];
  const parts = form.list(components, path, 5).map(partOf);
  if (parts.length === 0) form.report(path, 'Must be between 1 and 5 in length.');
  const ids = new Set<unknown>();
  for (const [at, part] of parts.entries()) checkPart(form, part, { path: [...path, at], ids });
  refuseForm(form.problems);
}

interface Place {
  readonly path: Path;
  readonly ids: Set<unknown>;
}

function checkPart(form: Form, part: JsonRecord, { path, ids }: Place): void {
  if (part['type'] === TYPE.display) {
    form.text(part['content'], [...path, 'content'], { max: 4000, required: true });
    return;
  }
  if (part['type'] !== TYPE.label) {
    form.report([...path, 'type'], 'Must be a label or a text display.');
    return;
  }
  form.text(part['label'], [...path, 'label'], { max: 45, required: true });
  form.text(part['description'], [...path, 'description'], { max: 100 });
  const field = partOf(part['component']);
  const here = [...path, 'component'];
  form.text(field['custom_id'], [...here, 'custom_id'], { max: 100, required: true });
  if (ids.has(field['custom_id']))
    form.report([...here, 'custom_id'], 'Component custom id cannot be duplicated');
  ids.add(field['custom_id']);
  if (field['disabled'] === true) form.report([...here, 'disabled'], 'Cannot be disabled in a modal');
  checkField(form, field, here);
}

function checkField(form: Form, field: JsonRecord, path: Path): void {
  const { type } = field;
  if (type === TYPE.text) checkText(form, field, path);
  else if (type === TYPE.menu) checkOptions(form, field, path, { least: 1, most: 25 });
  else if (type === TYPE.radio) checkOptions(form, field, path, { least: 2, most: 10 });
  else if (type === TYPE.checks) checkOptions(form, field, path, { least: 1, most: 10 });
  else if (type === TYPE.check && field['required'] === true)
    form.report([...path, 'required'], 'A checkbox cannot be required');
  else if (type === TYPE.upload) checkRange(form, field, path, 10);
  else if (OTHER_MENUS.includes(type)) checkRange(form, field, path, 25);
  else if (type !== TYPE.check) form.report([...path, 'type'], 'Cannot be used in a label.');
}

function checkText(form: Form, field: JsonRecord, path: Path): void {
  const { style, label, value, min_length: least = 0, max_length: most = 4000 } = field;
  if (style !== 1 && style !== 2) form.report([...path, 'style'], 'Must be one of (1, 2).');
  if (label !== undefined && label !== null)
    form.report([...path, 'label'], 'Cannot be set inside of a label component');
  if (!isWithin(least, 0, 4000)) form.report([...path, 'min_length'], 'Must be between 0 and 4000.');
  if (!isWithin(most, 1, 4000)) form.report([...path, 'max_length'], 'Must be between 1 and 4000.');
  form.text(field['placeholder'], [...path, 'placeholder'], { max: 100 });
  form.text(value, [...path, 'value'], { max: Number(most) });
}

function checkOptions(
  form: Form,
  field: JsonRecord,
  path: Path,
  { least, most }: { readonly least: number; readonly most: number },
): void {
  const here = [...path, 'options'];
  const options = form.list(field['options'], here, most).map(partOf);
  if (options.length < least) form.report(here, `Must be between ${least} and ${most} in length.`);
  const values = new Set<unknown>();
  for (const [at, option] of options.entries()) {
    form.text(option['label'], [...here, at, 'label'], { max: 100, required: true });
    form.text(option['value'], [...here, at, 'value'], { max: 100, required: true });
    form.text(option['description'], [...here, at, 'description'], { max: 100 });
    if (values.has(option['value']))
      form.report([...here, at, 'value'], 'The specified option value is already used');
    values.add(option['value']);
  }
  form.text(field['placeholder'], [...path, 'placeholder'], { max: 150 });
  const chosen = options.filter((option) => option['default'] === true).length;
  const isSingle = field['type'] === TYPE.radio;
  const max = isSingle
    ? 1
    : Number(field['max_values'] ?? (field['type'] === TYPE.checks ? options.length : 1));
  if (chosen > max) form.report(here, 'Too many default values');
  if (!isSingle) checkRange(form, field, path, Math.min(25, Math.max(options.length, 1)));
}

/** https://github.com/discord/discord-api-docs/issues/7800 */
function checkRange(form: Form, field: JsonRecord, path: Path, most: number): void {
  const { min_values: low, max_values: high, required = true } = field;
  if (low !== undefined && !isWithin(low, 0, most))
    form.report([...path, 'min_values'], `Must be between 0 and ${most}.`);
  if (high !== undefined && !isWithin(high, 1, most))
    form.report([...path, 'max_values'], `Must be between 1 and ${most}.`);
  if (low === 0 && required === true)
    form.report([...path, 'min_values'], 'Must be at least 1 in a required component');
}

function isWithin(value: unknown, low: number, high: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= low && value <= high;
}
