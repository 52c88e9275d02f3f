import { type Form, partOf, type Path } from '../http/form.ts';
import type { JsonRecord } from '../state.ts';

const ROW = 1;
const BUTTON = 2;
const MENU = 3;
/** Menus of texts, people, roles, both, and channels. */
const MENUS: readonly unknown[] = [3, 5, 6, 7, 8];
const LINK_STYLE = 5;

/** Of a message without the flag for components v2: https://discord.com/developers/docs/components/reference */
export function checkRows(form: Form, value: unknown): void {
  const ids = new Set<unknown>();
  for (const [at, one] of form.list(value, ['components'], 5).entries()) {
    const row = partOf(one);
    const path = ['components', at];
    if (row['type'] === ROW) checkRow(form, row, path, ids);
    else form.report([...path, 'type'], 'Must be an action row, or the message needs IS_COMPONENTS_V2.');
  }
}

/** Gives how many controls the row has. */
export function checkRow(form: Form, row: JsonRecord, path: Path, ids: Set<unknown>): number {
  const inside = [...path, 'components'];
  const controls = form.list(row['components'], inside, 5).map(partOf);
  const isMenu = controls.length === 1 && MENUS.includes(controls[0]?.['type']);
  if (controls.length === 0 || (!isMenu && controls.some(({ type }) => type !== BUTTON)))
    form.report(inside, 'Must be 1 to 5 buttons or one menu.');
  for (const [index, control] of controls.entries()) checkControl(form, control, [...inside, index], ids);
  return controls.length;
}

export function checkControl(form: Form, control: JsonRecord, path: Path, ids: Set<unknown>): void {
  checkTarget(form, control, path, ids);
  checkTexts(form, control, path);
}

/** A link has an address, everything else an id that no other control has. */
function checkTarget(form: Form, control: JsonRecord, path: Path, ids: Set<unknown>): void {
  const id = control['custom_id'];
  if (control['type'] === BUTTON && control['style'] === LINK_STYLE) {
    form.text(control['url'], [...path, 'url'], { max: 512, required: true });
    if (id !== undefined) form.report([...path, 'custom_id'], 'A link has no custom id');
    return;
  }
  form.text(id, [...path, 'custom_id'], { max: 100, required: true });
  if (ids.has(id)) form.report([...path, 'custom_id'], 'Component custom id cannot be duplicated');
  ids.add(id);
}

function checkTexts(form: Form, control: JsonRecord, path: Path): void {
  if (control['type'] === BUTTON) form.text(control['label'], [...path, 'label'], { max: 80 });
  form.text(control['placeholder'], [...path, 'placeholder'], { max: 150 });
  const options = form.list(control['options'], [...path, 'options'], 25);
  if (control['type'] === MENU && options.length === 0)
    form.report([...path, 'options'], 'This field is required');
  for (const [index, option] of options.map(partOf).entries()) {
    const here = [...path, 'options', index];
    form.text(option['label'], [...here, 'label'], { max: 100, required: true });
    form.text(option['value'], [...here, 'value'], { max: 100, required: true });
    form.text(option['description'], [...here, 'description'], { max: 100 });
  }
}
