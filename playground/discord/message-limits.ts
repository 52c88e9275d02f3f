import { isRecord, type Message, type Row } from './state.ts';
import { ApiError } from './api-error.ts';

type Path = readonly (string | number)[];

/** Discord's nested error body, built up by path. */
export function refuseForm(problems: readonly { path: Path; message: string }[]): void {
  if (problems.length === 0) return;
  const root: Record<string, unknown> = {};
  for (const { path, message } of problems) {
    let node = root;
    for (const key of path) {
      const next: Record<string, unknown> = { ...(isRecord(node[key]) ? node[key] : {}) };
      node[key] = next;
      node = next;
    }
    node['_errors'] = [{ code: 'BASE_TYPE_BAD_LENGTH', message }];
  }
  throw new ApiError(400, 50035, 'Invalid Form Body', root);
}

export interface MessageBody {
  content?: string;
  embeds?: Message['embeds'];
  components?: Row[];
  flags?: number;
  nonce?: string;
  enforce_nonce?: boolean;
}

/** Limits: https://discord.com/developers/docs/resources/message#embed-object-embed-limits */
export function checkMessage(body: unknown): MessageBody {
  const problems: { path: Path; message: string }[] = [];
  const report = (path: Path, message: string) => problems.push({ path, message });
  let total = 0;
  const text = (value: unknown, max: number, path: Path, required = false): void => {
    if (value === undefined || value === null) {
      if (required) report(path, 'This field is required');
      return;
    }
    if (typeof value !== 'string') {
      report(path, 'Must be a string.');
      return;
    }
    const length = Array.from(value.trim()).length;
    if (length > max || (required && length === 0)) report(path, `Must be between 1 and ${max} in length.`);
  };
  const counted = (value: unknown, max: number, path: Path, required = false) => {
    text(value, max, path, required);
    if (typeof value === 'string') total += Array.from(value.trim()).length;
  };
  const url = (value: unknown, path: Path) => {
    if (typeof value === 'string' && !/^https?:\/\/[^\s]+$/.test(value))
      report(path, 'Not a well formed URL.');
  };
  const list = (value: unknown, max: number, path: Path): readonly unknown[] => {
    if (value === undefined || value === null) return [];
    if (!Array.isArray(value)) {
      report(path, 'Only iterables may be used');
      return [];
    }
    if (value.length > max) report(path, `Must be ${max} or fewer in length.`);
    return value;
  };
  const part = (value: unknown) => (isRecord(value) ? value : {});
  const checkEmbed = (value: unknown, path: Path) => {
    const embed = part(value);
    counted(embed['title'], 256, [...path, 'title']);
    counted(embed['description'], 4096, [...path, 'description']);
    counted(
      part(embed['footer'])['text'],
      2048,
      [...path, 'footer', 'text'],
      'footer' in embed && embed['footer'] !== null,
    );
    counted(part(embed['author'])['name'], 256, [...path, 'author', 'name']);
    url(embed['url'], [...path, 'url']);
    for (const name of ['image', 'thumbnail', 'author'])
      url(part(embed[name])['url'], [...path, name, 'url']);
    for (const [index, field] of list(embed['fields'], 25, [...path, 'fields']).entries()) {
      counted(part(field)['name'], 256, [...path, 'fields', index, 'name'], true);
      counted(part(field)['value'], 1024, [...path, 'fields', index, 'value'], true);
    }
  };
  const ids = new Set<unknown>();
  const checkControl = (value: unknown, path: Path) => {
    const control = part(value);
    const link = control['type'] === 2 && control['style'] === 5;
    if (link) {
      text(control['url'], 512, [...path, 'url'], true);
      if (control['custom_id'] !== undefined) report([...path, 'custom_id'], 'A link has no custom id');
    } else {
      text(control['custom_id'], 100, [...path, 'custom_id'], true);
      if (ids.has(control['custom_id']))
        report([...path, 'custom_id'], 'Component custom id cannot be duplicated');
      ids.add(control['custom_id']);
    }
    if (control['type'] === 2) text(control['label'], 80, [...path, 'label']);
    text(control['placeholder'], 150, [...path, 'placeholder']);
    const options = list(control['options'], 25, [...path, 'options']);
    if (control['type'] === 3 && options.length === 0) report([...path, 'options'], 'This field is required');
    for (const [index, option] of options.entries()) {
      text(part(option)['label'], 100, [...path, 'options', index, 'label'], true);
      text(part(option)['value'], 100, [...path, 'options', index, 'value'], true);
      text(part(option)['description'], 100, [...path, 'options', index, 'description']);
    }
  };
  const message = part(body);
  text(message['content'], 2000, ['content']);
  for (const [index, embed] of list(message['embeds'], 10, ['embeds']).entries())
    checkEmbed(embed, ['embeds', index]);
  if (total > 6000) report(['embeds'], 'Embed size exceeds maximum size of 6000');
  for (const [at, value] of list(message['components'], 5, ['components']).entries()) {
    const row = part(value);
    if (row['type'] !== 1) report(['components', at, 'type'], 'Must be an action row.');
    const controls = list(row['components'], 5, ['components', at, 'components']);
    if (controls.length === 0 || (controls.length > 1 && controls.some((one) => part(one)['type'] !== 2)))
      report(['components', at, 'components'], 'Must be 1 to 5 buttons or one menu.');
    for (const [index, control] of controls.entries())
      checkControl(control, ['components', at, 'components', index]);
  }
  refuseForm(problems);
  if (!isMessageBody(body)) throw new ApiError(400, 50035, 'Invalid Form Body');
  return body;
}

/** To be asked only after the checks above. */
function isMessageBody(body: unknown): body is MessageBody {
  return isRecord(body);
}

export function refuseEmpty(body: MessageBody): void {
  const empty = !body.content?.trim() && !body.embeds?.length && !body.components?.length;
  if (empty) throw new ApiError(400, 50006, 'Cannot send an empty message');
}
