/** The parts of a message that have limits. */
export interface MessageParts {
  readonly content: string;
  readonly embeds: readonly EmbedParts[];
  readonly components: readonly { readonly components: readonly object[] }[];
}

interface EmbedParts {
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  readonly footer?: { readonly text: string } | undefined;
  readonly author?: { readonly name: string } | undefined;
  readonly fields?: readonly { readonly name: string; readonly value: string }[] | undefined;
}

/** What is over a limit of https://docs.discord.com/developers/resources/message#embed-object-embed-limits */
export function findProblems({ content, embeds, components }: MessageParts): readonly string[] {
  const problems: string[] = [];
  const limit = (what: string, size: number, most: number) => {
    if (size > most) problems.push(`${what}: ${size} of ${most}`);
  };
  limit('content', content.length, 2000);
  limit('embeds', embeds.length, 10);
  limit('rows', components.length, 5);
  limit('all embeds', embeds.flatMap(textsOf).join('').length, 6000);
  for (const embed of embeds) {
    limit('title', embed.title?.length ?? 0, 256);
    limit('description', embed.description?.length ?? 0, 4096);
    limit('fields', embed.fields?.length ?? 0, 25);
  }
  for (const component of components.flatMap((row) => row.components)) {
    if ('custom_id' in component) limit('custom id', String(component.custom_id).length, 100);
    if ('options' in component && Array.isArray(component.options))
      limit('options', component.options.length, 25);
  }
  return problems;
}

function textsOf({ title, description, footer, author, fields }: EmbedParts): readonly string[] {
  const ofFields = (fields ?? []).flatMap(({ name, value }) => [name, value]);
  return [title ?? '', description ?? '', footer?.text ?? '', author?.name ?? '', ...ofFields];
}
