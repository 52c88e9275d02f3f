import { z } from 'zod';
import { ListItem } from '../src/sources/hugging-face/schema.ts';

const Json = z.string().transform((text): unknown => JSON.parse(text));

/** A line of the collected lists: the list day, and the item as Hugging Face gave it. */
export const CollectedLine = Json.pipe(z.object({ date: z.string(), item: ListItem }));

/** A line that a process logs. */
export const LogLine = Json.pipe(z.object({ msg: z.string() }));
