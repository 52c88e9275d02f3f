import type { Evidence } from '../evidence/evidence.ts';
import { isTextOrStart } from '../evidence/fold-text.ts';
import type { PlacedDelivery } from '../evidence/place.ts';
import type { Control, PostedMessage } from '../shown.ts';
import { inEachPlace, type Promise } from '../promise.ts';

const PAPER_LINKS = new Map([
  ['Hugging Face', 'https://huggingface.co/papers/'],
  ['arXiv', 'https://arxiv.org/abs/'],
  ['PDF', 'https://arxiv.org/pdf/'],
]);
const UPVOTES = /^(\d+) upvotes?$/u;

export const WRONG_CONTROLS: Promise = {
  figure: 'wrong_controls',
  sentence:
    'Each button, and each entry of a menu, is for a paper that stands above it, and each paper has its own.',
  check: inEachPlace((evidence, { deliveries, notices }) => [
    ...deliveries.flatMap((delivery) =>
      delivery.messages.flatMap((message) =>
        judge(evidence, message, findBest(delivery)).map(
          (problem) => `${problem} in step ${message.step} of ${message.deliveryId}`,
        ),
      ),
    ),
    ...notices
      .filter(({ controls, notice }) => targetsOf(controls, 'card').join() !== notice.paperId)
      .map(({ deliveryId, controls }) => `${controls.map(({ target }) => target).join()} in ${deliveryId}`),
  ]),
};

function findBest({ messages }: PlacedDelivery): string | undefined {
  const papers = messages.flatMap((message) => message.papers);
  return (papers.find(({ number }) => number === 1) ?? papers[0])?.id;
}

function judge(evidence: Evidence, message: PostedMessage, best: string | undefined): readonly string[] {
  const { papers, controls, look, announced } = message;
  const shown = papers.map(({ id }) => id);
  if (announced !== undefined && shown.length === 0) {
    // Where the best one was refused, or the rest is still to come, nobody can tell.
    const isRight = best === undefined || targetsOf(controls, 'card').join() === best;
    return isRight ? [] : [`${targetsOf(controls, 'card').join()} as the best`];
  }
  const opens = shown.length === 1 ? targetsOf(controls, 'card') : targetsOf(controls, 'card-menu');
  const saves = targetsOf(controls, 'save');
  const cards = papers.filter(({ form }) => form === 'card').map(({ id }) => id);
  const saved = shown.length === 1 ? shown : look === 'layout' ? cards : [];
  return [
    ...(opens.join() === shown.join() ? [] : [`${opens.join()} to open below ${shown.join()}`]),
    ...(saves.join() === saved.join() ? [] : [`${saves.join()} to save beside ${saved.join()}`]),
    ...controls
      .filter(({ beside, target }) => beside !== undefined && beside !== target)
      .map(({ beside, target }) => `${target} beside ${beside}`),
    ...controls.flatMap((control) => judgeControl(evidence, control, shown)),
  ];
}

function targetsOf(controls: readonly Control[], name: string): readonly string[] {
  return controls.filter((control) => control.name === name).map(({ target }) => target);
}

/** What it says, and where it leads. */
function judgeControl(
  { papers }: Evidence,
  { name, label, target }: Control,
  shown: readonly string[],
): readonly string[] {
  if (name === 'card' || name === 'save') return [];
  if (name === 'link') {
    const start = PAPER_LINKS.get(label);
    const isRight = start === undefined ? label === 'Code' : shown.some((id) => target === `${start}${id}`);
    return isRight ? [] : [`${label} leads to ${target}`];
  }
  if (name !== 'card-menu') return [`a control ${name}`];
  const [title = '', description] = label.split('\n');
  const paper = papers.get(target);
  const votes = UPVOTES.exec(description ?? '')?.[1] ?? 0;
  const isTrue =
    paper === undefined ||
    title === target ||
    (isTextOrStart(title, paper.title) && paper.sightings.some(({ upvotes }) => upvotes === Number(votes)));
  return isTrue ? [] : [`"${label}" for ${target}`];
}
