import { ApiError } from '../http/api-error.ts';
import { checkRows } from './component-limits.ts';
import { checkEmbeds } from './embed-limits.ts';
import { createForm, type Form, partOf, refuseForm } from '../http/form.ts';
import { isRecord, type Message, type Row } from '../state.ts';

export interface MessageBody {
  content?: string;
  embeds?: Message['embeds'];
  components?: Row[];
  flags?: number;
  nonce?: string;
  enforce_nonce?: boolean;
  allowed_mentions?: AllowedMentions;
}
export interface AllowedMentions {
  parse?: string[];
  roles?: string[];
  users?: string[];
}

export function checkMessage(body: unknown): MessageBody {
  const form = createForm();
  const message = partOf(body);
  form.text(message['content'], ['content'], { max: 2000 });
  checkEmbeds(form, message['embeds']);
  checkRows(form, message['components']);
  checkMentions(form, message['allowed_mentions']);
  refuseForm(form.problems);
  if (!isMessageBody(body)) throw new ApiError(400, 50035, 'Invalid Form Body');
  return body;
}

/** https://discord.com/developers/docs/resources/message#allowed-mentions-object */
function checkMentions(form: Form, value: unknown): void {
  const allowed = partOf(value);
  const parse = form.list(allowed['parse'], ['allowed_mentions', 'parse'], 3);
  for (const kind of ['roles', 'users']) {
    const named = form.list(allowed[kind], ['allowed_mentions', kind], 100);
    if (named.length > 0 && parse.includes(kind))
      form.report(['allowed_mentions', kind], `Mutually exclusive with parse:${kind}`);
  }
}

/** To be asked only after the checks above. */
function isMessageBody(body: unknown): body is MessageBody {
  return isRecord(body);
}

export function refuseEmpty(body: MessageBody): void {
  const empty = !body.content?.trim() && !body.embeds?.length && !body.components?.length;
  if (empty) throw new ApiError(400, 50006, 'Cannot send an empty message');
}
