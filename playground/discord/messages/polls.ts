import { EmbedType } from 'discord.js';
import { findChannel, findMessage } from '../channels/channels.ts';
import { ApiError } from '../http/api-error.ts';
import { type Form, partOf } from '../http/form.ts';
import type { JsonRecord, Message, Poll } from '../state.ts';
import type { World } from '../world.ts';

/** https://docs.discord.com/developers/resources/poll#poll-create-request-object */
export interface PollRequest {
  question: { text: string };
  answers: { poll_media: { text: string } }[];
  duration?: number;
  allow_multiselect?: boolean;
  layout_type?: number;
}

const HOUR_MS = 3_600_000;
const DEFAULT_HOURS = 24;
const MOST_HOURS = 768;
const QUESTION = 300;
const ANSWER = 55;
const MOST_ANSWERS = 10;
const POLL_RESULT = 46;

/** Stands alone: content beside it was refused when polls came, see discord/discord-api-docs#6746. */
export function checkPoll(form: Form, { poll, content, embeds }: JsonRecord): void {
  if (poll === undefined || poll === null) return;
  const { question, answers, duration = DEFAULT_HOURS } = partOf(poll);
  form.text(partOf(question)['text'], ['poll', 'question', 'text'], { required: true, max: QUESTION });
  const listed = form.list(answers, ['poll', 'answers'], MOST_ANSWERS);
  if (listed.length === 0) form.report(['poll', 'answers'], 'Must be between 1 and 10 in length.');
  for (const [at, answer] of listed.entries()) {
    const media = partOf(partOf(answer)['poll_media']);
    form.text(media['text'], ['poll', 'answers', at, 'poll_media', 'text'], { required: true, max: ANSWER });
  }
  if (!Number.isInteger(duration) || Number(duration) < 1 || Number(duration) > MOST_HOURS)
    form.report(['poll', 'duration'], `int value should be between 1 and ${MOST_HOURS}.`);
  const isAlone = !content && !(Array.isArray(embeds) && embeds.length > 0);
  if (!isAlone) form.report(['poll'], 'A poll cannot be sent with anything else');
}

export function openPoll(world: World, { question, answers, duration, ...rest }: PollRequest): Poll {
  return {
    question: { text: question.text },
    answers: answers.map(({ poll_media: media }, at) => ({
      answer_id: at + 1,
      poll_media: { text: media.text },
    })),
    expiry: new Date(world.shownTime() + (duration ?? DEFAULT_HOURS) * HOUR_MS).toISOString(),
    allow_multiselect: rest.allow_multiselect ?? false,
    layout_type: rest.layout_type ?? 1,
    results: { is_finalized: false, answer_counts: [] },
  };
}

/** Answers nobody gave are left out of the counts, as Discord does. */
export function votePoll(
  world: World,
  messageId: string,
  { userId, answerId }: { readonly userId: string; readonly answerId: number },
): void {
  const message = Object.values(world.state.messages)
    .flat()
    .find(({ id }) => id === messageId);
  const poll = message?.poll;
  if (message === undefined || poll === undefined) throw new Error(`There is no poll ${messageId}`);
  settle(world, message);
  if (world.shownTime() >= Date.parse(poll.expiry)) throw new Error('That poll is over');
  if (!poll.answers.some(({ answer_id: id }) => id === answerId))
    throw new Error(`There is no answer ${answerId}`);
  const votes = (world.state.pollVotes[messageId] ??= {});
  votes[userId] = [answerId];
  const given = Object.values(votes).flat();
  poll.results.answer_counts = poll.answers
    .map(({ answer_id: id }) => ({ id, count: given.filter((one) => one === id).length, me_voted: false }))
    .filter(({ count }) => count > 0);
  world.changed();
}

/** https://docs.discord.com/developers/resources/poll#end-poll */
export function expirePoll(world: World, channelId: string, messageId: string): Message {
  findChannel(world, channelId);
  const message = findMessage(world, channelId, messageId);
  if (message.poll === undefined) throw new ApiError(400, 520_000, 'Poll not found');
  if (message.author.id !== world.state.bot.id) throw new ApiError(403, 50_013, 'Missing Permissions');
  settle(world, message);
  if (message.poll.results.is_finalized) throw new ApiError(400, 520_001, 'Poll expired');
  return endPoll(world, message);
}

export function endPoll(world: World, message: Message): Message {
  if (message.poll === undefined) throw new Error('That message has no poll');
  message.poll.expiry = new Date(world.shownTime()).toISOString();
  settle(world, message);
  return message;
}

/** Those whose time has passed are counted. */
export function settlePolls(world: World, channelId: string): void {
  for (const message of world.state.messages[channelId] ?? []) settle(world, message);
}

/** Discord tells of the result in a message of its own kind, as whoever began the poll. */
function settle(world: World, message: Message): void {
  const { poll } = message;
  if (poll === undefined || poll.results.is_finalized) return;
  if (world.shownTime() < Date.parse(poll.expiry) + world.rules.pollsCountedAfterMs) return;
  poll.results.is_finalized = true;
  const { poll: _poll, nonce: _nonce, ...base } = message;
  const result: Message = {
    ...base,
    id: world.nextId(),
    type: POLL_RESULT,
    content: '',
    timestamp: new Date(world.now()).toISOString(),
    embeds: [{ type: EmbedType.PollResult, fields: describeResult(poll) }],
    components: [],
    flags: 0,
  };
  const messages = world.state.messages[message.channel_id];
  messages?.push(result);
  world.changed();
}

/** A tie has no winner. */
function describeResult({ question, answers, results }: Poll): { name: string; value: string }[] {
  const total = results.answer_counts.reduce((sum, { count }) => sum + count, 0);
  const most = Math.max(0, ...results.answer_counts.map(({ count }) => count));
  const winners = results.answer_counts.filter(({ count }) => count === most);
  const [winner] = winners;
  const text = answers.find(({ answer_id: id }) => id === winner?.id)?.poll_media.text ?? '';
  return [
    { name: 'poll_question_text', value: question.text },
    { name: 'total_votes', value: String(total) },
    { name: 'victor_answer_votes', value: String(most) },
    ...(winners.length === 1 && winner !== undefined
      ? [
          { name: 'victor_answer_id', value: String(winner.id) },
          { name: 'victor_answer_text', value: text },
        ]
      : []),
  ];
}
