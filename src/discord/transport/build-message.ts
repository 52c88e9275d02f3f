import type { SendRequest } from '../../delivery/delivery-transport.ts';
import { MessagePayload } from './schema.ts';

/** The body of a message as it is sent: in the form of its step, and with the role where it is to be mentioned. */
export function buildMessage(rich: MessagePayload, { step, role }: SendRequest): object {
  const isPlain = step.form === 'plain' && step.plain !== undefined;
  const message = isPlain ? { ...rich, embeds: [], ...MessagePayload.parse(step.plain) } : rich;
  if (role === undefined) return { ...message, allowed_mentions: { parse: [] } };
  const content = `<@&${role}> ${message.content ?? ''}`.trimEnd();
  return { ...message, content, allowed_mentions: { parse: [], roles: [role] } };
}
