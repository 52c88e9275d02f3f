import { type APIMessageTopLevelComponent, ComponentType } from 'discord.js';
import type { Message } from '../../playground/discord/state.ts';
import type { Heading, Shown, ShownPaper } from '../audit/shown.ts';
import { COMPONENTS_V2 } from '../audit/rules.ts';
import { readMeeting } from '../groups/read-meeting.ts';
import { readControls } from './read-controls.ts';
import { readNotice } from './read-notice.ts';
import { readRoundup } from './read-roundup.ts';
import { readProblems } from './read-problems.ts';

/** What a message is made of. */
export type Parts = Pick<Message, 'content' | 'embeds' | 'components' | 'flags' | 'poll'>;

/**
 * A paper's line: its title as a link, in bold where it is a card, and numbered in a list. Where it is the first one, and
 * no heading stands above it, a role may be mentioned before it.
 */
const TITLE =
  /^(?:<@&\d+> )?(?:\*\*(?<listed>\d+)\.\*\* )?(?<bold>\*\*(?:(?<number>\d+)\. )?)?\[(?<title>.*)\]\(https:\/\/huggingface\.co\/papers\/(?<id>[^)\s]*)\)(?:\*\*)?(?<rest>.*)$/u;
const VOTES = /▲\u00a0(\d+)/gu;
const HEADING =
  /^(?:## )?(?<day>\w{3} \d{1,2} \w+) · (?<papers>\d+) (?:more )?papers?(?:, (?<earlier>\d+) from (?:earlier days|(?<earlierDay>\w{3} \d{1,2} \w+)))?$/u;
const ANNOUNCED = /^(?:<@&\d+> )?(?:New paper|(?<papers>\d+) new papers\. Top): \*\*(?<title>.*)\*\*$/u;

/** What people see of a message, from the top down. */
export function readMessage(parts: Parts): Shown {
  const texts = textsOf(parts);
  const notice = readNotice(texts.join('\n'));
  const roundup = readRoundup(parts.content);
  const meeting = readMeeting(texts, parts.poll);
  const isDigest = notice === undefined && roundup === undefined && meeting === undefined;
  const { deliveryId, step, controls } = readControls(parts.components);
  const headings = texts.flatMap((text) => text.split('\n')).map(readHeading);
  const heading = headings.find((one) => one !== undefined);
  const announced = readAnnounced(parts.content);
  return {
    content: parts.content,
    look: (parts.flags & COMPONENTS_V2) !== 0 ? 'layout' : parts.embeds.length > 0 ? 'embeds' : 'plain',
    deliveryId,
    step,
    ...(heading === undefined ? {} : { heading }),
    ...(announced === undefined ? {} : { announced }),
    papers: isDigest ? [...readTexts(texts), ...readEmbeds(parts.embeds)] : [],
    ...(notice === undefined ? {} : { notice }),
    ...(roundup === undefined ? {} : { roundup }),
    ...(meeting === undefined ? {} : { meeting }),
    controls,
    problems: readProblems(parts),
  };
}

export function readHeading(text: string): Heading | undefined {
  const { day, papers, earlier = 0, earlierDay = '' } = HEADING.exec(text)?.groups ?? {};
  return day === undefined
    ? undefined
    : { covers: 'digest', day, papers: Number(papers), earlier: Number(earlier), earlierDay };
}

function readAnnounced(content: string): Shown['announced'] {
  const { papers = 1, title } = ANNOUNCED.exec(content)?.groups ?? {};
  return title === undefined ? undefined : { papers: Number(papers), title };
}

/** All that it says to whoever reads it, without embeds, buttons and menus. */
function textsOf({ content, components }: Parts): readonly string[] {
  return [content, ...components.flatMap(textsIn)];
}

function textsIn(part: APIMessageTopLevelComponent): readonly string[] {
  if (part.type === ComponentType.TextDisplay) return [part.content];
  if (part.type === ComponentType.Container) return part.components.flatMap(textsIn);
  return part.type === ComponentType.Section ? part.components.map(({ content }) => content) : [];
}

/** Each line that is a title begins a paper; what follows is about it. */
function readTexts(texts: readonly string[]): readonly ShownPaper[] {
  return texts.flatMap((text) => {
    const papers: ShownPaper[] = [];
    for (const line of text.split('\n')) {
      const found = TITLE.exec(line)?.groups;
      const last = papers.pop();
      if (last !== undefined) papers.push(found === undefined ? addLine(last, line) : last);
      if (found === undefined) continue;
      const { listed, bold, number = listed, title = '', id = '', rest = '' } = found;
      const paper: ShownPaper = {
        id,
        title,
        upvotes: undefined,
        number: number === undefined ? undefined : Number(number),
        form: bold === undefined ? 'line' : 'card',
        lines: [],
      };
      papers.push(rest === '' ? paper : addLine(paper, rest));
    }
    return papers;
  });
}

function addLine(paper: ShownPaper, line: string): ShownPaper {
  const votes = [...line.matchAll(VOTES)].at(-1)?.[1];
  return {
    ...paper,
    lines: [...paper.lines, line],
    upvotes: votes === undefined ? paper.upvotes : Number(votes),
  };
}

/** One with a title is a card; one without is a list, or a paper of which only the link is known. */
function readEmbeds(embeds: Message['embeds']): readonly ShownPaper[] {
  return embeds.flatMap(({ title, url = '', description = '', footer }) => {
    if (title === undefined) return readTexts([description]);
    const [card] = readTexts([`**[${title}](${url})**`]);
    const lines = [...description.split('\n'), ...(footer === undefined ? [] : [footer.text])];
    return card === undefined ? [] : [lines.reduce(addLine, card)];
  });
}
