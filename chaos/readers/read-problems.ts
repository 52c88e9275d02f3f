import { COMPONENTS, COMPONENTS_V2, EMBED, MESSAGE, STORED } from '../audit/rules.ts';

/** The parts of a message that have limits. */
export interface MessageParts {
  readonly content: string;
  readonly embeds: readonly EmbedParts[];
  readonly components: readonly object[];
  readonly flags: number;
}

interface EmbedParts {
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  readonly footer?: { readonly text: string } | undefined;
  readonly author?: { readonly name: string } | undefined;
  readonly fields?: readonly { readonly name: string; readonly value: string }[] | undefined;
}

/** What is over a limit of Discord's, see `audit/rules.ts`. */
export function readProblems({ content, embeds, components, flags }: MessageParts): readonly string[] {
  const problems: string[] = [];
  const limit = (what: string, size: number, most: number) => {
    if (size > most) problems.push(`${what}: ${size} of ${most}`);
  };
  limit('content', content.length, MESSAGE.content);
  limit('embeds', embeds.length, MESSAGE.embeds);
  limit('all embeds', embeds.flatMap(textsOf).join('').length, EMBED.all);
  for (const embed of embeds) {
    limit('title', embed.title?.length ?? 0, EMBED.title);
    limit('description', embed.description?.length ?? 0, EMBED.description);
    limit('fields', embed.fields?.length ?? 0, EMBED.fields);
  }
  const parts = components.flatMap(partsOf);
  for (const part of parts) {
    if ('custom_id' in part) limit('custom id', String(part.custom_id).length, COMPONENTS.customId);
    if ('options' in part && Array.isArray(part.options))
      limit('options', part.options.length, COMPONENTS.options);
  }
  if ((flags & COMPONENTS_V2) === 0) {
    limit('rows', components.length, MESSAGE.rows);
    return problems;
  }
  const texts = parts.flatMap((part) => ('content' in part ? [String(part.content)] : []));
  limit('components', parts.length, COMPONENTS.all);
  limit('text', texts.join('').length, COMPONENTS.text);
  limit('stored', Buffer.byteLength(texts.join('')) + STORED.ofText * texts.length, STORED.bytes);
  limit('content beside components', content.length, 0);
  limit('embeds beside components', embeds.length, 0);
  return problems;
}

/** A component and all within it, also what stands beside a section. */
function partsOf(part: object): readonly object[] {
  const inside = 'components' in part && Array.isArray(part.components) ? part.components : [];
  const beside = 'accessory' in part && part.accessory instanceof Object ? [part.accessory] : [];
  return [part, ...inside.flatMap(partsOf), ...beside];
}

function textsOf({ title, description, footer, author, fields }: EmbedParts): readonly string[] {
  const ofFields = (fields ?? []).flatMap(({ name, value }) => [name, value]);
  return [title ?? '', description ?? '', footer?.text ?? '', author?.name ?? '', ...ofFields];
}
