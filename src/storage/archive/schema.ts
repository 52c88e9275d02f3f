import { z } from 'zod';
import type { ArchivedPaper, Paper, PaperLinks } from '../../papers/paper.ts';

const Text = z.string();

const StoredPaper = z.object({
  id: Text,
  title: Text,
  abstract: Text,
  summary: Text.exactOptional(),
  keywords: z.array(Text),
  authors: z.array(Text),
  organization: z.object({ slug: Text, name: Text }).exactOptional(),
  submitter: z.object({ slug: Text, name: Text }).exactOptional(),
  upvotes: z.number(),
  comments: z.number(),
  code: z.object({ url: Text, stars: z.number().exactOptional() }).exactOptional(),
  projectUrl: Text.exactOptional(),
  imageUrl: Text,
  publishedOn: Text,
  listDay: Text.exactOptional(),
}) satisfies z.ZodType<Paper>;

const Repositories = z.object({ count: z.number(), names: z.array(Text) });
const StoredLinks = z.object({
  models: Repositories,
  datasets: Repositories,
  spaces: Repositories,
}) satisfies z.ZodType<PaperLinks>;

const Json = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'no JSON' });
    return z.NEVER;
  }
});
const PaperJson = Json.pipe(StoredPaper);

/** What every version of the archive has of a paper. */
export const PaperRow = z.object({
  data: PaperJson,
  list_day: Text.nullable(),
  first_seen_at: z.number(),
});
const LinkedPaperRow = PaperRow.extend({
  links: Json.pipe(StoredLinks).nullable(),
  links_asked_at: z.number().nullable(),
});

export const KnownRow = PaperRow.extend({ number: z.number() });
export type KnownRow = z.infer<typeof KnownRow>;

export const IdRow = z.object({ id: Text });
export const FoundRow = IdRow.extend({ number: z.number() });
export type FoundRow = z.infer<typeof FoundRow>;
export const TitledRow = FoundRow.extend({ title: Text });
export const TextsRow = z.object({ number: z.number(), prior: z.number(), data: PaperJson });
export const TitleRow = IdRow.extend({ title: Text });
export const LabelKindRow = z.object({ kind: z.enum(['author', 'keyword']) });
export const LabelRow = LabelKindRow.extend({
  text: Text,
  folded: Text,
  papers: z.number(),
});
export type LabelRow = z.infer<typeof LabelRow>;
export const MeaningRow = z.object({ meaning: Text, papers: z.number() });
export const CountRow = z.object({ papers: z.number() });
export const SpellingRow = z.object({ word: Text });

export const VotedRow = IdRow.extend({ upvotes: z.number() });
export const MatchedRow = VotedRow.extend({ listDay: Text });
export const MatchRow = z.object({ matches: z.number() });

export const DayCountRow = z.object({ day: Text, papers: z.number() });
export const CollectedDayRow = z.object({ day: Text, ended_at: z.number() });
export const RisingRow = CollectedDayRow.extend({ rising_from: z.number().nullable() });
export type RisingRow = z.infer<typeof RisingRow>;
export const VotesRow = z.object({ votes: z.number() });
export const EndedAtRow = z.object({ ended_at: z.number() });
export const VersionRow = z.object({ user_version: z.number() });
export const NumbersRow = z.object({ numbers: Json.pipe(z.array(z.number())) });
export const NumberRow = z.object({ number: z.number() });
/** What a thread of queries is given when it starts. */
export const WorkerData = z.object({ file: Text });
export const DataVersionRow = z.object({ data_version: z.number() });
export const TableRow = z.object({ name: Text, rootpage: z.number() });
export type TableRow = z.infer<typeof TableRow>;
export const CheckRow = z.object({ quick_check: Text });

/** Whether an error says that a row is not what was written. */
export function isUnreadableRow(error: unknown): boolean {
  return error instanceof z.ZodError;
}

/** The columns that `readPaper` takes. */
export const PAPER_COLUMNS = 'data, list_day, first_seen_at, links, links_asked_at';

export function readPaper(row: unknown): ArchivedPaper {
  const read = LinkedPaperRow.parse(row);
  const { listDay: _given, ...paper } = read.data;
  return {
    ...paper,
    firstSeenAt: read.first_seen_at,
    ...(read.list_day === null ? {} : { listDay: read.list_day }),
    ...(read.links === null ? {} : { links: read.links }),
    ...(read.links_asked_at === null ? {} : { linksAskedAt: read.links_asked_at }),
  };
}
