import { element } from './element.js';
import { relativeTime } from './timestamp.js';

const POLL_RESULT = 'poll_result';
const votesText = (votes) => (votes === 1 ? '1 vote' : `${votes} votes`);

/** A poll with its answers to choose from; shares are shown to whoever voted, and when it is over. */
export function renderPoll({ poll }, { own = [], vote }) {
  const { question, answers, results, expiry } = poll;
  const isOver = results.is_finalized || Date.parse(expiry) <= Date.now();
  const total = results.answer_counts.reduce((sum, { count }) => sum + count, 0);
  const shown = answers.map(({ answer_id: id, poll_media: media }) => {
    const votes = results.answer_counts.find((one) => one.id === id)?.count ?? 0;
    return renderAnswer(
      { id, text: media.text, votes, total },
      { isOwn: own.includes(id), isOver, own, vote },
    );
  });
  return element(
    'div',
    { className: 'poll', role: 'group', 'aria-label': 'Poll' },
    element('p', { className: 'poll-question' }, question.text),
    element('p', { className: 'poll-hint' }, isOver ? 'This poll is over' : 'Select one answer'),
    ...shown,
    element(
      'p',
      { className: 'poll-hint' },
      `${votesText(total)} · ${isOver ? 'closed' : 'closes '}`,
      isOver ? undefined : relativeTime(expiry),
    ),
  );
}

function renderAnswer({ id, text, votes, total }, { isOwn, isOver, own, vote }) {
  const share = total === 0 ? 0 : Math.round((100 * votes) / total);
  const showsShare = isOver || own.length > 0;
  const made = element(
    'button',
    { type: 'button', className: isOwn ? 'poll-answer own' : 'poll-answer', disabled: isOver },
    element('span', { className: 'poll-text' }, text),
    showsShare ? element('span', { className: 'poll-share' }, `${votesText(votes)} · ${share}%`) : undefined,
  );
  made.setAttribute('aria-pressed', String(isOwn));
  if (showsShare) made.style.setProperty('--share', `${share}%`);
  made.addEventListener('click', () => vote(id));
  return made;
}

export const isPollResult = ({ type }) => type === POLL_RESULT;

/** What Discord says once a poll is over. */
export function renderPollResult({ fields }) {
  const find = (name) => fields.find((one) => one.name === name)?.value;
  const winner = find('victor_answer_text');
  return element(
    'p',
    { className: 'poll-result' },
    element('b', {}, `The poll "${find('poll_question_text')}" has closed. `),
    winner === undefined
      ? `No winner · ${votesText(Number(find('total_votes')))}`
      : `${winner} won with ${votesText(Number(find('victor_answer_votes')))}.`,
  );
}
