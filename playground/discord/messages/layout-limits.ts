import { ApiError } from '../http/api-error.ts';
import { type Form, partOf, type Path } from '../http/form.ts';
import type { JsonRecord } from '../state.ts';
import { checkControl, checkRow } from './component-limits.ts';

/** Marks a message as one of components v2; it cannot be taken back. */
export const COMPONENTS_V2 = 1 << 15;

const TYPE = {
  row: 1,
  button: 2,
  section: 9,
  text: 10,
  thumbnail: 11,
  gallery: 12,
  file: 13,
  line: 14,
  box: 17,
};
const MAX_COMPONENTS = 40;
const MAX_TEXT = 4000;
/** Discord answers 500 above: https://github.com/discord/discord-api-docs/issues/8554 */
const MAX_STORED = 10_170;
const STORED_PER_TEXT = 12;

interface Layout {
  readonly form: Form;
  readonly ids: Set<unknown>;
  count: number;
  readonly texts: string[];
}

/** Of a message with the flag: https://discord.com/developers/docs/components/reference */
export function checkLayout(form: Form, value: unknown): void {
  const layout: Layout = { form, ids: new Set(), count: 0, texts: [] };
  for (const [at, one] of form.list(value, ['components'], MAX_COMPONENTS).entries())
    checkPart(layout, partOf(one), ['components', at], true);
  if (layout.count > MAX_COMPONENTS)
    form.report(['components'], `The total number of components is over ${MAX_COMPONENTS}`);
  const length = layout.texts.reduce((sum, text) => sum + Array.from(text).length, 0);
  if (length > MAX_TEXT) form.report(['components'], `Component text is over ${MAX_TEXT} characters`);
  const stored = layout.texts.reduce((sum, text) => sum + Buffer.byteLength(text) + STORED_PER_TEXT, 0);
  if (form.problems.length === 0 && stored > MAX_STORED) throw new ApiError(500, 0, 'Internal Server Error');
}

function checkPart(layout: Layout, part: JsonRecord, path: Path, isTop: boolean): void {
  const { form, ids } = layout;
  layout.count += 1;
  const { type } = part;
  if (type === TYPE.row) layout.count += checkRow(form, part, path, ids);
  else if (type === TYPE.text) checkText(layout, part, path);
  else if (type === TYPE.section) checkSection(layout, part, path);
  else if (type === TYPE.gallery) {
    const items = form.list(part['items'], [...path, 'items'], 10);
    if (items.length === 0) form.report([...path, 'items'], 'Must be between 1 and 10 in length.');
    for (const [at, item] of items.entries()) checkMedia(form, partOf(item), [...path, 'items', at]);
  } else if (type === TYPE.file) checkAddress(form, part['file'], [...path, 'file'], /^attachment:\/\/./);
  else if (type === TYPE.box && isTop) {
    const inside = form.list(part['components'], [...path, 'components'], MAX_COMPONENTS);
    if (inside.length === 0) form.report([...path, 'components'], 'This field is required');
    for (const [at, one] of inside.entries())
      checkPart(layout, partOf(one), [...path, 'components', at], false);
  } else if (type !== TYPE.line) form.report([...path, 'type'], 'Cannot be used here.');
}

function checkText(layout: Layout, part: JsonRecord, path: Path): void {
  const { content } = part;
  layout.form.text(content, [...path, 'content'], { max: MAX_TEXT, required: true });
  if (typeof content === 'string') layout.texts.push(content);
}

/** One to three texts beside a button or a thumbnail. */
function checkSection(layout: Layout, section: JsonRecord, path: Path): void {
  const { form, ids } = layout;
  const texts = form.list(section['components'], [...path, 'components'], 3).map(partOf);
  if (texts.length === 0 || texts.some(({ type }) => type !== TYPE.text))
    form.report([...path, 'components'], 'Must be 1 to 3 texts.');
  for (const [at, text] of texts.entries()) checkText(layout, text, [...path, 'components', at]);
  const accessory = partOf(section['accessory']);
  const here = [...path, 'accessory'];
  layout.count += texts.length + 1;
  if (accessory['type'] === TYPE.button) checkControl(form, accessory, here, ids);
  else if (accessory['type'] === TYPE.thumbnail) checkMedia(form, accessory, here);
  else form.report(here, 'Must be a button or a thumbnail.');
}

function checkMedia(form: Form, item: JsonRecord, path: Path): void {
  checkAddress(form, item['media'], [...path, 'media'], /^(https?|attachment):\/\/./);
  const { description } = item;
  if (description !== undefined && description !== null)
    form.text(description, [...path, 'description'], { max: 1024, required: true });
}

function checkAddress(form: Form, media: unknown, path: Path, pattern: RegExp): void {
  const { url } = partOf(media);
  form.text(url, [...path, 'url'], { max: 2048, required: true });
  if (typeof url === 'string' && !pattern.test(url)) form.report([...path, 'url'], 'Not a well formed URL.');
}
