import { z } from 'zod';
import type { BuiltInTopic } from '../../src/topics/topic.ts';
import { parseQuery } from '../../src/topics/query/parse-query.ts';
import { printQuery } from '../../src/topics/query/query.ts';

/** One of `topics.json`; a query becomes its canonical text. The bounds keep `/topics` within one message. */
const TopicEntry = z.object({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case letters, digits and dashes'),
  name: z
    .string()
    .regex(/[\p{L}\p{N}]/u, 'a name')
    .max(40),
  description: z.string().min(1).max(80),
  query: z.string().transform((text, context) => {
    const query = readQuery(text);
    if (query !== undefined) return query;
    context.addIssue({ code: 'custom', message: 'a query that can be read' });
    return z.NEVER;
  }),
}) satisfies z.ZodType<BuiltInTopic>;

export const BuiltInTopics = z
  .array(TopicEntry)
  .max(36)
  .refine((topics) => new Set(topics.flatMap(namesOf)).size === topics.flatMap(namesOf).length, {
    message: 'an id and a name of its own for each topic',
  });

/** What must be another one for each topic; an id may be its own topic's name. */
function namesOf({ id, name }: BuiltInTopic): readonly string[] {
  return [...new Set([id, name.toLowerCase()])];
}

/** Canonical text of a query that says something; undefined for one that cannot be read, or is too long as such. */
function readQuery(text: string): string | undefined {
  try {
    const query = printQuery(parseQuery(text));
    parseQuery(query);
    return query === '' ? undefined : query;
  } catch {
    return undefined;
  }
}
