import type { Roundup } from '../audit/shown.ts';

const HEADING = /^(?:<@&\d+> )?## The week to (?<until>\w{3} \d{1,2} \w+ \d{4})$/u;
const PAPER =
  /^\d\. \[(?<title>.*)\]\(https:\/\/huggingface\.co\/papers\/(?<id>[^)\s]*)\)(?: · ▲\u00a0(?<votes>\d+))?$/u;
const COUNT = /^(?<papers>\d+) papers? matched what is followed here$/u;

/** What the roundup of a week shows; undefined for any other message. */
export function readRoundup(text: string): Roundup | undefined {
  const [heading = '', ...lines] = text.split('\n');
  const until = HEADING.exec(heading)?.groups?.['until'];
  if (until === undefined) return undefined;
  const count = lines.map((line) => COUNT.exec(line)?.groups?.['papers']).find((one) => one !== undefined);
  const papers = lines.flatMap((line) => {
    const { title = '', id, votes = 0 } = PAPER.exec(line)?.groups ?? {};
    return id === undefined ? [] : [{ id, title, upvotes: Number(votes) }];
  });
  return { until, count: Number(count ?? 0), papers };
}
