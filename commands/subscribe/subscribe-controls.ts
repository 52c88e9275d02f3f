import type { SampleResult } from '../../src/digest/sample-result.ts';
import type { Control } from '../../src/discord/interactions/command.ts';
import type { Texts } from '../../src/discord/texts/texts.ts';
import { UserError } from '../../src/errors.ts';
import { changeSchedule } from '../../src/subscriptions/change-schedule.ts';
import type { Place } from '../../src/subscriptions/destination.ts';
import { undoFollow } from '../../src/subscriptions/unfollow-topic.ts';
import type { CommandContext } from '../context.ts';
import { findSeen, requireControlled } from '../parts/access.ts';
import { readZoneChange } from '../subscriptions/read-schedule-change.ts';
import { buildNote } from '../parts/panel.ts';
import { renewAnswer } from './subscribe-answer.ts';
import { queryCode, topicLabel } from './topic-label.ts';

export const undoSubscribe: Control<CommandContext> = {
  name: 'undo',
  answer: 'update',
  async execute(request, context) {
    const { texts } = request;
    const { id, place } = await requireControlled(request, context);
    const [, subscriptionId = '', minUpvotes] = request.values;
    const made = { destinationId: id, id: subscriptionId, minUpvotes: Number(minUpvotes) };
    const { removed } = await undoFollow(made, context.destinations, context.clock.now());
    await context.scheduler.settled(id);
    return buildNote(texts.subscribe.undone(topicLabel(removed.topic, texts), place));
  },
};

export const showQuery: Control<CommandContext> = {
  name: 'show-query',
  answer: 'reply',
  async execute(request, { destinations }) {
    const [id = '', subscriptionId] = request.values;
    const seen = await findSeen(request, id, destinations);
    const held = seen?.destination.subscriptions.find((one) => one.id === subscriptionId);
    if (held === undefined) throw new UserError('control-outdated', {});
    return {
      content: request.texts.subscribe.queryOf(
        topicLabel(held.topic, request.texts),
        queryCode(held.topic.query),
      ),
    };
  },
};

export const sendOneNow: Control<CommandContext> = {
  name: 'send-now',
  answer: 'reply',
  async execute(request, context) {
    const { place, subscriptions } = await requireControlled(request, context);
    const held = subscriptions.find((one) => one.id === request.values[1]);
    if (held === undefined) throw new UserError('control-outdated', {});
    return { content: describeSample(await context.scheduler.sendSample(held), place, request.texts) };
  },
};

function describeSample(outcome: SampleResult, place: Place, { subscribe: texts }: Texts): string {
  if (outcome.kind === 'sent') return texts.sampleSent(outcome.papers, place);
  if (outcome.kind === 'already') return texts.sampleAlready(outcome.at);
  if (outcome.kind === 'nothing') return texts.sampleNothing;
  if (outcome.kind === 'held') return texts.sampleHeld(place, outcome.nextLook);
  if (outcome.kind === 'busy') return texts.sampleBusy(place);
  return texts.sampleFailed(outcome.code);
}

/** A zone from the menu of the answer to following, or from a button where a typed zone was not clear. */
export const chooseZone: Control<CommandContext> = {
  name: 'zone',
  answer: 'update',
  async execute(request, context) {
    const { interaction, values } = request;
    const { id } = await requireControlled(request, context);
    const [, subscriptionId, pressed = '', ...from] = values;
    const chosen = interaction.isStringSelectMenu() ? interaction.values[0] : pressed;
    const { zone } = readZoneChange(chosen ?? '');
    if (zone === undefined) throw new UserError('control-outdated', {});
    const now = context.clock.now();
    const changed = await context.destinations.change(id, (present) => ({
      destination: present && changeSchedule(present, { zone }, now),
    }));
    if (changed === undefined) throw new UserError('control-outdated', {});
    return renewAnswer(request, { changed, subscriptionId, from }, context);
  },
};
