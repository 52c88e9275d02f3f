import { z } from 'zod';
import { KINDS } from './search/make-queries.ts';
import { ListItem } from '../src/sources/hugging-face/schema.ts';

const Json = z.string().transform((text): unknown => JSON.parse(text));

/** A line of the collected lists: the list day, when it was asked for, and the item as Hugging Face gave it. */
export const CollectedLine = Json.pipe(z.object({ date: z.string(), fetchedAt: z.string(), item: ListItem }));
export type CollectedLine = z.infer<typeof CollectedLine>;

/** The papers of a list day, and the votes that they have. */
export const LaterDay = Json.pipe(
  z.object({ papers: z.array(z.object({ url: z.string(), upvotes: z.number() })) }),
);

/** A daily list as the API answers; an item that cannot be read is left out. */
export const DailyList = Json.pipe(z.array(z.unknown())).transform((items) =>
  items.flatMap((item) => ListItem.safeParse(item).data ?? []),
);

/** Questions in a person's own words, each with the one paper that answers it. */
export const Questions = Json.pipe(z.array(z.tuple([z.string(), z.string()])));

/** A line that a process logs. */
export const LogLine = Json.pipe(z.object({ msg: z.string() }));

/** What a process tells that is measured while it works. */
export const Progress = z.discriminatedUnion('step', [
  z.object({ step: z.literal('ready') }),
  /** All is sent; `cpuSeconds` since the work began. */
  z.object({ step: z.literal('done'), cpuSeconds: z.number() }),
  /** Of the event loop, since the work began: by the clock, and in processor time of its thread. */
  z.object({ step: z.literal('stalls'), stallMs: z.number(), stallCpuMs: z.number() }),
]);
export type Progress = z.infer<typeof Progress>;

/** What a peer is to send, and where. */
export const PlainWork = z.object({
  body: z.record(z.string(), z.unknown()),
  channelIds: z.array(z.string()),
  atOnce: z.number(),
});
export type PlainWork = z.infer<typeof PlainWork>;

const Kinds = z.enum(KINDS);

/** The queries of a search bench, as one process hands them to another. */
export const Queries = Json.pipe(
  z.array(z.object({ kind: Kinds, text: z.string(), right: z.array(z.string()) })),
);

/** What a process that measured one engine reports. */
export const EngineReport = Json.pipe(
  z.array(z.object({ figure: z.string(), value: z.number(), unit: z.string() })),
);
