import { expect } from 'vitest';
import { checkMessage } from '../../playground/discord/messages/message-limits.ts';
import type { Message } from '../../playground/discord/state.ts';
import type { RenderedForms } from './render-digest.ts';
import { checkContract } from '../playground/discord/contract.ts';

const CHANNEL = '/channels/100000000000000001';
const MENTION = '<@&12345678901234567890>';
const COMPONENTS_V2 = 1 << 15;

/** The message of a step, or the one that its post begins with; its plain form where that is asked for. */
export function messageOfStep(
  { kind, payload, plain }: Pick<RenderedForms, 'kind' | 'payload' | 'plain'>,
  form: 'rich' | 'plain' = 'rich',
): Pick<Message, 'content' | 'embeds' | 'components' | 'flags'> {
  const rich = kind === 'forum-post' ? Object(payload).message : payload;
  const { content = '', embeds = [], components = [], flags = 0 } = Object(form === 'plain' ? plain : rich);
  return { content, embeds, components, flags };
}

/** Both forms of a step keep Discord's limits, also with the mention of a role, and are what its description says. */
export function expectSendable(step: Pick<RenderedForms, 'kind' | 'payload' | 'plain'>): void {
  for (const form of ['rich', 'plain'] as const) {
    const { content, components, ...rest } = messageOfStep(step, form);
    const isLayout = (rest.flags & COMPONENTS_V2) !== 0;
    const mentioning = isLayout
      ? { ...rest, components: [{ type: 10, content: MENTION }, ...components] }
      : { ...rest, components, content: `${MENTION} ${content}` };
    checkMessage(mentioning);
    expect(checkContract([buildRequest(step, mentioning)])).toEqual([]);
  }
}

function buildRequest({ kind, payload }: Pick<RenderedForms, 'kind' | 'payload'>, message: object) {
  const isPost = kind === 'forum-post';
  return {
    method: 'POST',
    path: `${CHANNEL}/${isPost ? 'threads' : 'messages'}`,
    body: isPost ? { name: Object(payload).name, message } : message,
    status: 200,
    time: 0,
  };
}
