import { z } from 'zod';

/** More than a title, a note or an address has. */
const LONGEST = 2_000;
const Text = z
  .string()
  .catch('')
  .transform((text) => text.slice(0, LONGEST));

/** What a file says of one work, as citation-js reads it; a part that is something else is left out. */
const CslWork = z.object({
  title: Text,
  DOI: Text,
  URL: Text,
  number: Text,
  'call-number': Text,
  /** Google Scholar writes `arXiv preprint arXiv:1706.03762` there. */
  'container-title': Text,
  keyword: Text,
  note: Text,
});
export const CslWorks = z.array(z.unknown()).transform((works) =>
  works.flatMap((work) => {
    const { data } = CslWork.safeParse(work);
    return data === undefined ? [] : [data];
  }),
);
