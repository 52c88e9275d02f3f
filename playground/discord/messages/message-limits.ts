import { ApiError } from '../http/api-error.ts';
import { checkRows } from './component-limits.ts';
import { checkEmbeds } from './embed-limits.ts';
import { createForm, type Form, partOf, refuseForm } from '../http/form.ts';
import { type Attachment, isRecord, type JsonRecord, type Message } from '../state.ts';
import { checkPoll, type PollRequest } from './polls.ts';
import { checkLayout, COMPONENTS_V2 } from './layout-limits.ts';

export interface MessageBody {
  content?: string;
  embeds?: Message['embeds'];
  components?: Message['components'];
  attachments?: Pick<Attachment, 'id'>[];
  poll?: PollRequest;
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

/** `old` is the message that is edited. */
export function checkMessage(body: unknown, old?: Message): MessageBody {
  const form = createForm();
  const message = partOf(body);
  form.text(message['content'], ['content'], { max: 2000 });
  checkEmbeds(form, message['embeds']);
  if (isLayout(message['flags'], old)) checkLayoutMessage(form, message, old);
  else checkRows(form, message['components']);
  checkMentions(form, message['allowed_mentions']);
  if (old === undefined) checkPoll(form, message);
  refuseForm(form.problems);
  if (!isMessageBody(body)) throw new ApiError(400, 50035, 'Invalid Form Body');
  return body;
}

function isLayout(flags: unknown, old: Message | undefined): boolean {
  return ((Number(flags ?? 0) | (old?.flags ?? 0)) & COMPONENTS_V2) !== 0;
}

/** Has nothing but components, and stays so. */
function checkLayoutMessage(form: Form, message: JsonRecord, old: Message | undefined): void {
  const { flags, content = old?.content, embeds = old?.embeds ?? [], poll } = message;
  if (((old?.flags ?? 0) & COMPONENTS_V2) !== 0 && typeof flags === 'number' && (flags & COMPONENTS_V2) === 0)
    form.report(['flags'], 'IS_COMPONENTS_V2 cannot be removed');
  for (const [key, isThere] of Object.entries({
    content: typeof content === 'string' && content !== '',
    embeds: !Array.isArray(embeds) || embeds.length > 0,
    poll: poll !== undefined && poll !== null,
  }))
    if (isThere) form.report([key], `The '${key}' field cannot be used with IS_COMPONENTS_V2`);
  checkLayout(form, message['components']);
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
  const hasFiles = (body.attachments?.length ?? 0) > 0;
  const hasMore = hasFiles || body.poll !== undefined;
  const empty = !body.content?.trim() && !body.embeds?.length && !body.components?.length && !hasMore;
  if (empty) throw new ApiError(400, 50006, 'Cannot send an empty message');
}
