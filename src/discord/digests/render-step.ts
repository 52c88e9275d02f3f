import { createHash } from 'node:crypto';
import type { Json, RenderedStep, Step } from '../../delivery/delivery.ts';
import { buildUnknownPaper, type Paper } from '../../papers/paper.ts';
import type { PaperArchive } from '../../papers/paper-archive.ts';
import { cutWithin, oneLine } from '../rendering/escape-markdown.ts';
import { DEFAULT_LOCALE, type Texts, textsFor } from '../texts/texts.ts';
import { renderAnnouncement } from './announcement.ts';
import { renderDigestMessage, renderPlainMessage } from './digest-message.ts';
import {
  renderChosen,
  renderEvent,
  renderNominees,
  renderNothing,
  renderPoll,
  renderReminder,
} from './render-meeting.ts';
import { renderNotice } from './render-notice.ts';
import { papersOf, renderRoundup } from './render-roundup.ts';
import { DigestView, type MeetingView, StepView } from './schema.ts';

type FindPaper = PaperArchive['paper'];

const NAME_LENGTH = 100;

/**
 * A step as it is sent, by what the archive knows of its papers now. Undefined where the view cannot be read, and while
 * the archive has none of its papers, such as after it was lost.
 */
export function renderStep(
  { kind, form, view }: Pick<Step, 'kind' | 'form' | 'view'>,
  find: FindPaper,
  texts: Texts = textsFor(DEFAULT_LOCALE),
): RenderedStep | undefined {
  const { data } = StepView.safeParse(view);
  if (data === undefined) return undefined;
  if (data.kind === 'digest') {
    const papers = data.papers.flatMap(({ id }) => find(id) ?? []);
    if (papers.length === 0) return undefined;
    const render = form === 'plain' ? renderPlainMessage : renderDigestMessage;
    const message = render(data, find, texts);
    const payload = kind === 'forum-post' ? { ...titlePost(data, papers, texts), message } : message;
    return { payload, shown: fingerprint(message) };
  }
  if (data.kind === 'roundup') {
    if (papersOf(data).every((id) => find(id) === undefined)) return undefined;
    const message = renderRoundup(data, find, texts);
    const name = texts.roundup.postName(data.unit, data.until);
    return { payload: kind === 'forum-post' ? { name, labels: [], message } : message };
  }
  if (data.kind === 'thread') return { payload: { name: nameThread(findOrName(data.paperId, find)) } };
  if (data.kind !== 'announcement' && data.kind !== 'notice')
    return { payload: renderMeeting(data, form === 'plain' ? findNothing : find, texts) };
  const paper = find(data.kind === 'announcement' ? data.topPaper : data.paperId);
  if (paper === undefined) return undefined;
  return {
    payload:
      data.kind === 'notice' ? renderNotice(data, paper, texts) : renderAnnouncement(data, paper, texts),
  };
}

const findNothing: FindPaper = () => undefined;

/** What a reading group chose is shown by its id where the archive has it no more, and in its plain form. */
function renderMeeting(view: MeetingView, find: FindPaper, texts: Texts): Json {
  switch (view.kind) {
    case 'nominees':
      return renderNominees(view, findAll(view.papers, find), texts);
    case 'poll':
      return renderPoll(view, findAll(view.papers, find), texts);
    case 'chosen':
      return renderChosen(view, findOrName(view.paperId, find), texts);
    case 'event':
      return renderEvent(view, findOrName(view.paperId, find), texts);
    case 'reminder':
      return renderReminder(view, findOrName(view.paperId, find), texts);
    case 'nothing-to-read':
      return renderNothing(view, texts);
  }
}

function findAll(ids: readonly string[], find: FindPaper): readonly Paper[] {
  return ids.map((id) => findOrName(id, find));
}

function findOrName(id: string, find: FindPaper): Paper {
  return find(id) ?? buildUnknownPaper(id);
}

/**
 * The message of a post as it should be now. Undefined where the view cannot be read, and while the archive lacks one of
 * its papers: a message that was whole is not made poorer.
 */
export function renderAgain(
  view: Json,
  find: FindPaper,
  texts: Texts = textsFor(DEFAULT_LOCALE),
): Required<RenderedStep> | undefined {
  const { data } = DigestView.safeParse(view);
  if (data === undefined || data.papers.some(({ id }) => find(id) === undefined)) return undefined;
  const payload = renderDigestMessage(data, find, texts);
  return { payload, shown: fingerprint(payload) };
}

/** The name of a forum post, and what its tags may fit. */
function titlePost(
  { cards, papers }: DigestView,
  found: readonly Paper[],
  texts: Texts,
): { readonly name: string; readonly labels: readonly string[] } {
  const [entry] = papers;
  const [paper] = found;
  if (cards === 1 && entry !== undefined && paper !== undefined) {
    return { name: nameThread(paper), labels: [...entry.topics, ...paper.keywords] };
  }
  const days = found.flatMap(({ listDay }) => listDay ?? []);
  return { name: texts.papers.morePapers(days.toSorted().at(-1) ?? '', papers.length), labels: [] };
}

/** The name of a thread or post about one paper. */
function nameThread({ id, title }: Paper): string {
  return cutWithin(oneLine(title), NAME_LENGTH) || id;
}

function fingerprint(message: Json): string {
  return createHash('sha256').update(JSON.stringify(message)).digest('base64url');
}
