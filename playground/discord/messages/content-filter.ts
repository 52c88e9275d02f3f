import { ApiError } from '../http/api-error.ts';
import { partOf } from '../http/form.ts';
import type { Channel, JsonRecord } from '../state.ts';

/** Messages with a text that Discord, or a server's AutoMod, does not let through. */
export interface RefusedContent {
  readonly text: string;
  /** 50035 invalid form, 200000 and 200001 AutoMod, 240000 a link that is held for harmful. */
  readonly code: keyof typeof MESSAGES;
  /** A channel with its threads, or a server; everywhere when absent. */
  readonly placeId?: string;
  /** `embeds`: the same text as plain content gets through. Default everywhere. */
  readonly within?: 'embeds' | 'everywhere';
}
export interface ContentFilter {
  /** The function given back lets it through again. */
  add(refused: RefusedContent): () => void;
  /** Refuses a message, with the name of the thread that it opens. */
  check(channel: Channel, body: JsonRecord, name?: string): void;
}

/** https://discord.com/developers/docs/topics/opcodes-and-status-codes#json */
const MESSAGES = {
  50_035: 'Invalid Form Body',
  200_000: 'Message was blocked by automatic moderation',
  200_001: 'Title was blocked by automatic moderation',
  240_000: 'Message blocked by harmful links filter',
};

export function createContentFilter(): ContentFilter {
  const all = new Set<RefusedContent>();
  return {
    add(refused) {
      all.add(refused);
      return () => void all.delete(refused);
    },
    check(channel, body, name = '') {
      for (const { text, code, placeId, within } of all) {
        const isHere = [undefined, channel.id, channel.parent_id, channel.guild_id].includes(placeId);
        const texts = textsOf(within === 'embeds' ? body['embeds'] : [shownOf(body), name]);
        if (!isHere || !texts.some((one) => one.includes(text))) continue;
        const errors = { _errors: [{ code: 'BASE_TYPE_BAD_CONTENT', message: 'Refused as told' }] };
        throw new ApiError(400, code, MESSAGES[code], code === 50_035 ? { content: errors } : undefined);
      }
    },
  };
}

const shownOf = ({ content, embeds, components }: JsonRecord) => [content, embeds, components];

/** All texts in a value, without the backslashes that keep Markdown from being read as such. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value.replaceAll('\\', '')];
  if (Array.isArray(value)) return value.flatMap(textsOf);
  return Object.values(partOf(value)).flatMap(textsOf);
}
