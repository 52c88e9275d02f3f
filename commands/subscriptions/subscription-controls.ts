import type { APIButtonComponentWithCustomId } from 'discord.js';
import type { AnyReply, Control, ControlRequest } from '../../src/discord/interactions/command.ts';
import { encodeCustomId } from '../../src/discord/interactions/custom-id.ts';
import type { Texts } from '../../src/discord/texts/texts.ts';
import { UserError } from '../../src/errors.ts';
import type { Destination, DestinationChange } from '../../src/subscriptions/destination.ts';
import { pauseDestination, resumeDestination } from '../../src/subscriptions/change-schedule.ts';
import { removeDestination } from '../../src/subscriptions/unfollow-topic.ts';
import type { CommandContext } from '../context.ts';
import { requireControlled, type Seen } from '../parts/access.ts';
import { describeFully, describeMishaps, describeSource } from './describe-destination.ts';
import { askFirst, buildNote, buildPanel, type PanelPart } from '../parts/panel.ts';
import { buildButton, buildMenu, buildRow, chosenIn, type Row } from '../parts/message-parts.ts';
import { topicName } from '../subscribe/topic-label.ts';
import { askToEndLast, endTopic, isLastTopic } from '../subscribe/unsubscribe.ts';
import { buildBackButtons, buildChangeButton, type ListPage } from './schedule-answer.ts';

interface ViewParts {
  readonly texts: Texts;
  /** What was just done, above all. */
  readonly note?: readonly (string | Row)[];
  readonly from?: ListPage;
  /** Papers that are followed one by one, below all. */
  readonly papers?: readonly (readonly PanelPart[])[];
}

type ViewTools = Pick<CommandContext, 'archive' | 'clock' | 'deliveries'>;

/** One destination, with the controls to change, pause, resume and remove for those who may. */
export async function buildDestinationView(
  { destination, mayChange }: Seen,
  context: ViewTools,
  { texts, note, from = [], papers = [] }: ViewParts,
): Promise<AnyReply> {
  const { topics, state } = describeFully(destination, context, texts);
  const mishaps = await describeMishaps(destination, context, texts);
  const changing = mayChange ? buildChangeButtons(destination, from, texts) : [];
  const buttons = [...changing, ...buildBackButtons(from, texts)];
  return buildPanel(
    note ?? [],
    [describeSource(context, texts)],
    [`### ${texts.subscriptions.place(destination.place)}`, ...topics],
    [...state, ...mishaps],
    [
      mayChange ? buildStopMenu(destination, from, texts) : undefined,
      buttons.length === 0 ? undefined : buildRow(...buttons),
    ],
    ...papers,
  );
}

function buildChangeButtons(
  { id, pausedAt, trouble }: Destination,
  from: ListPage,
  allTexts: Texts,
): readonly APIButtonComponentWithCustomId[] {
  const texts = allTexts.subscriptions;
  const action = pausedAt !== undefined || trouble !== undefined ? 'resume' : 'pause';
  return [
    buildChangeButton([id, '', ...from], allTexts),
    buildButton(encodeCustomId(action, id, ...from), texts[action]),
    buildButton(encodeCustomId('remove', id, ...from), texts.remove, { danger: true }),
  ];
}

function buildStopMenu({ id, subscriptions }: Destination, from: ListPage, texts: Texts): Row | undefined {
  if (subscriptions.length < 2) return undefined;
  const options = subscriptions.map((one) => ({ label: topicName(one.topic, texts), value: one.id }));
  return buildMenu(encodeCustomId('stop-topic', id, ...from), texts.subscriptions.stopTopic, options);
}

export const pause: Control<CommandContext> = {
  name: 'pause',
  answer: 'update',
  async execute(request, context) {
    const now = context.clock.now();
    const paused = await change(request, context, (present) => pauseDestination(present, now));
    await context.scheduler.settled(paused.id);
    return renewView(paused, request, context);
  },
};

export const resume: Control<CommandContext> = {
  name: 'resume',
  answer: 'update',
  async execute(request, context) {
    const now = context.clock.now();
    const resumed = await change(request, context, (present) => ({
      destination: resumeDestination(present, now),
    }));
    return renewView(resumed, request, context);
  },
};

function renewView(
  destination: Destination,
  { texts, values: [, ...from] }: ControlRequest,
  context: CommandContext,
): Promise<AnyReply> {
  return buildDestinationView({ destination, mayChange: true }, context, { texts, from });
}

async function change(
  request: ControlRequest,
  context: CommandContext,
  apply: (present: Destination) => DestinationChange,
): Promise<Destination> {
  const { id } = await requireControlled(request, context);
  const changed = await context.destinations.change(id, (present) =>
    present === undefined ? { destination: undefined } : apply(present),
  );
  if (changed === undefined) throw new UserError('control-outdated', {});
  return changed;
}

export const askToRemove: Control<CommandContext> = {
  name: 'remove',
  answer: 'update',
  async execute(request, context) {
    const { id, place } = await requireControlled(request, context);
    const { subscriptions: words } = request.texts;
    const [, ...from] = request.values;
    const confirm = {
      label: words.remove,
      id: encodeCustomId('remove-confirmed', id, ...from),
      ...(from.length === 0 ? {} : { cancelId: encodeCustomId('subscriptions-open', ...from, id) }),
    };
    return askFirst(words.askToRemove(place), confirm, request.texts);
  },
};

export const remove: Control<CommandContext> = {
  name: 'remove-confirmed',
  answer: 'update',
  async execute(request, context) {
    const { id, place } = await requireControlled(request, context);
    await removeDestination(id, context.destinations);
    await context.scheduler.settled(id);
    const [, ...from] = request.values;
    const words = request.texts.subscriptions.removed(place);
    if (from.length === 0) return buildNote(words);
    return buildPanel([words, buildRow(...buildBackButtons(from, request.texts))]);
  },
};

export const stopTopic: Control<CommandContext> = {
  name: 'stop-topic',
  answer: 'update',
  async execute(request, context) {
    const { texts } = request;
    const destination = await requireControlled(request, context);
    const chosen = chosenIn(request);
    const held = destination.subscriptions.find((one) => one.id === chosen);
    if (held === undefined) throw new UserError('control-outdated', {});
    if (isLastTopic(destination)) return askToEndLast({ destination, held }, request);
    const [, ...from] = request.values;
    const { words, again } = await endTopic({ destination, held }, request, context, from);
    const left = await context.destinations.get(destination.id);
    if (left === undefined) return buildNote(words);
    const note = [words, buildRow(again)];
    return buildDestinationView({ destination: left, mayChange: true }, context, { texts, note, from });
  },
};
