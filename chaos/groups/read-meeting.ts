import type { Message } from '../../playground/discord/state.ts';
import type { MeetingPart } from '../audit/shown.ts';

const QUESTION = 'Which paper do we read next?';
const BY_POLL = /^Vote in the poll below\. It is open for (\d+) hours?\.$/mu;
const BY_BUTTONS = /^Vote with a button until <t:(\d+)/mu;
const CANDIDATE = /^\*\*\d+\.\*\* \[.*\]\(https:\/\/huggingface\.co\/papers\/([\d.]+)\)/u;
const CHOSEN = /^### We read this paper next\n(.*)$/mu;
const CARD = /^\*\*\[.*\]\(https:\/\/huggingface\.co\/papers\/([\d.]+)\)\*\*/mu;
const MEETING = /^The meeting is <t:(\d+)/mu;
const PRESENTS = /<@(\d+)> presents\./u;
const REMINDER = /^We read \*\*\[.*\]\(https:\/\/huggingface\.co\/papers\/([\d.]+)\)\*\* <t:(\d+):R>: <t:\2/u;
const THREAD = /Discussion: <#(\d+)>\./u;
const EVENT = /Event: https:\/\/discord\.com\/events\/\d+\/(\d+)/u;
const NOTHING = /^Nobody nominated a paper, and nothing new was saved here lately, .*?(?:<t:(\d+)|\.)/u;
const HOW: readonly (readonly [RegExp, string])[] = [
  [/^It got (\d+) of (\d+) votes?\.(?: A tie goes to the paper that was nominated first\.)?$/u, 'poll'],
  [/^Nobody voted, so it is the paper that was nominated first\.$/u, 'poll'],
  [/^It was the only nomination\.$/u, 'only'],
  [/^It was nominated first, and there was no time for a poll\.$/u, 'first'],
  [/^It was picked without a poll\.$/u, 'picked'],
  [/^Nobody nominated a paper, so it is what was saved most here lately\.$/u, 'saved'],
];

/** What a message tells of a meeting of a reading group; undefined for any other message. */
export function readMeeting(
  texts: readonly string[],
  poll: Message['poll'] | undefined,
): MeetingPart | undefined {
  const text = texts.join('\n');
  if (poll !== undefined) return readPoll(poll);
  if (text.startsWith(`\n### ${QUESTION}\n`)) return readNominees(texts, text);
  return readChosen(text) ?? readReminder(text) ?? readNothing(text);
}

function readPoll({ question, answers, expiry }: NonNullable<Message['poll']>): MeetingPart | undefined {
  if (question.text !== QUESTION) return undefined;
  return {
    kind: 'poll',
    paperIds: [],
    answers: answers.map(({ poll_media: { text } }) => text),
    closesAt: Date.parse(expiry),
  };
}

function readNominees(texts: readonly string[], text: string): MeetingPart {
  const hours = BY_POLL.exec(text)?.[1];
  const closesAt = readTime(BY_BUTTONS, text);
  return {
    kind: 'nominees',
    ...readStart(MEETING, text),
    paperIds: texts.flatMap((one) => CANDIDATE.exec(one)?.[1] ?? []),
    ...(hours === undefined ? {} : { hours: Number(hours) }),
    ...(closesAt === undefined ? {} : { closesAt }),
  };
}

function readChosen(text: string): MeetingPart | undefined {
  const line = CHOSEN.exec(text)?.[1];
  if (line === undefined) return undefined;
  const paperId = CARD.exec(text)?.[1];
  const [pattern, how] = HOW.find(([one]) => one.test(line)) ?? [undefined, line];
  const [, votes = '0', total = '0'] = pattern?.exec(line) ?? [];
  return {
    kind: 'chosen',
    ...readStart(MEETING, text),
    paperIds: paperId === undefined ? [] : [paperId],
    how,
    ...(how === 'poll' ? { votes: Number(votes), total: Number(total) } : {}),
    ...readPresenter(text),
  };
}

function readReminder(text: string): MeetingPart | undefined {
  const [, paperId, seconds] = REMINDER.exec(text) ?? [];
  if (paperId === undefined || seconds === undefined) return undefined;
  const threadId = THREAD.exec(text)?.[1];
  const eventId = EVENT.exec(text)?.[1];
  return {
    kind: 'reminder',
    startsAt: Number(seconds) * 1000,
    paperIds: [paperId],
    ...readPresenter(text),
    ...(threadId === undefined ? {} : { threadId }),
    ...(eventId === undefined ? {} : { eventId }),
  };
}

function readNothing(text: string): MeetingPart | undefined {
  if (!NOTHING.test(text)) return undefined;
  return { kind: 'nothing', ...readStart(NOTHING, text), paperIds: [] };
}

function readStart(pattern: RegExp, text: string): Pick<MeetingPart, 'startsAt'> {
  const startsAt = readTime(pattern, text);
  return startsAt === undefined ? {} : { startsAt };
}

function readTime(pattern: RegExp, text: string): number | undefined {
  const seconds = pattern.exec(text)?.[1];
  return seconds === undefined ? undefined : Number(seconds) * 1000;
}

function readPresenter(text: string): Pick<MeetingPart, 'presenterId'> {
  const presenterId = PRESENTS.exec(text)?.[1];
  return presenterId === undefined ? {} : { presenterId };
}
