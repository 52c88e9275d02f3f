/** The parts of a message that have limits. */
export interface MessageParts {
  readonly content: string;
  readonly embeds: readonly EmbedParts[];
  readonly components: readonly object[];
  readonly flags: number;
}

/** https://docs.discord.com/developers/resources/message#message-object-message-flags */
const COMPONENTS_V2 = 1 << 15;

interface EmbedParts {
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  readonly footer?: { readonly text: string } | undefined;
  readonly author?: { readonly name: string } | undefined;
  readonly fields?: readonly { readonly name: string; readonly value: string }[] | undefined;
}

/**
 * What is over a limit of https://docs.discord.com/developers/resources/message#embed-object-embed-limits, or of
 * https://docs.discord.com/developers/components/reference
 */
export function findProblems({ content, embeds, components, flags }: MessageParts): readonly string[] {
  const problems: string[] = [];
  const limit = (what: string, size: number, most: number) => {
    if (size > most) problems.push(`${what}: ${size} of ${most}`);
  };
  limit('content', content.length, 2000);
  limit('embeds', embeds.length, 10);
  limit('all embeds', embeds.flatMap(textsOf).join('').length, 6000);
  for (const embed of embeds) {
    limit('title', embed.title?.length ?? 0, 256);
    limit('description', embed.description?.length ?? 0, 4096);
    limit('fields', embed.fields?.length ?? 0, 25);
  }
  const parts = components.flatMap(partsOf);
  for (const part of parts) {
    if ('custom_id' in part) limit('custom id', String(part.custom_id).length, 100);
    if ('options' in part && Array.isArray(part.options)) limit('options', part.options.length, 25);
  }
  if ((flags & COMPONENTS_V2) === 0) {
    limit('rows', components.length, 5);
    return problems;
  }
  const texts = parts.flatMap((part) => ('content' in part ? [String(part.content)] : []));
  limit('components', parts.length, 40);
  limit('text', texts.join('').length, 4000);
  // Discord answers 500 above: https://github.com/discord/discord-api-docs/issues/8554
  limit('stored', Buffer.byteLength(texts.join('')) + 12 * texts.length, 10_170);
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
