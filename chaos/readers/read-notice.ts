import type { Notice } from '../audit/shown.ts';

const HEADING = /^News about \[.*\]\(https:\/\/huggingface\.co\/papers\/([\d.]+)\):$/u;
const VOTES = /▲\u00a0(\d+)/u;
const EVENTS: readonly (readonly [string, string])[] = [
  ['- Code is out', 'code'],
  ['- A model is linked', 'model'],
  ['- A dataset is linked', 'dataset'],
  ['- A Space is linked', 'space'],
  ['- It has passed 100 votes', 'votes'],
];

/** What a message tells of a paper that is followed; undefined for any other message. */
export function readNotice(text: string): Notice | undefined {
  const [heading = '', ...lines] = text.split('\n');
  const paperId = HEADING.exec(heading)?.[1];
  if (paperId === undefined) return undefined;
  const votes = VOTES.exec(lines.join('\n'))?.[1];
  return {
    paperId,
    events: lines.map((line) => EVENTS.find(([start]) => line.startsWith(start))?.[1] ?? line),
    upvotes: votes === undefined ? undefined : Number(votes),
  };
}
