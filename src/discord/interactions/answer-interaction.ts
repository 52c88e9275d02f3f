import { setTimeout as sleep } from 'node:timers/promises';
import {
  type APIButtonComponentWithCustomId,
  type ButtonInteraction,
  ComponentType,
  type Interaction,
  type StringSelectMenuInteraction,
} from 'discord.js';
import { StorageError, UserError } from '../../errors.ts';
import type { Log } from '../../log.ts';
import { buildText } from '../rendering/components.ts';
import { asRefusal } from '../rest/pace-requests.ts';
import { AnswerHeldBackError } from '../rest/request-errors.ts';
import type { AnyReply, FormOpener } from './command.ts';
import type { PersonLimit } from './person-limit.ts';
import { textsOf } from './read-request.ts';
import {
  type Answerable,
  type AnswerKind,
  deferLater,
  describeFailure,
  isLost,
  refuse,
  sendReply,
  sendSurely,
} from './send-reply.ts';

/** `refused`: with what the person can do about it. */
export type Outcome = 'answered' | 'refused' | 'failed';

export interface AnswerTools {
  readonly limitCommands: PersonLimit;
  /** The ids that Discord gave to the commands, by their names. */
  readonly commandIds: ReadonlyMap<string, string>;
  readonly log: Log;
}

/** Discord gives 3 s to the first answer, and a refusal in its place takes time too. */
export const PATIENCE_MS = 2_000;

interface Task {
  run(): Promise<AnyReply>;
  /** What a person can press below a failure. */
  offer?(failure: unknown): Promise<APIButtonComponentWithCustomId | undefined>;
}

/** Runs a handler, defers when it takes long, and sends what came of it. */
export async function answer(
  interaction: Answerable,
  kind: AnswerKind,
  tools: AnswerTools,
  task: Task,
): Promise<Outcome> {
  const deferral = deferLater(interaction, kind, tools.log);
  const orHeldBack = <T>(work: Promise<T> | T) => Promise.race([work, deferral.heldBack]);
  return await orSayWhy(interaction, kind, tools, async () => {
    let isDone = false;
    let failure: unknown;
    try {
      limitPerson(interaction, tools);
      const reply = await orHeldBack(task.run());
      isDone = true;
      await deferral.stop();
      await sendReply(interaction, kind, reply);
      return 'answered';
    } catch (error) {
      const isVain = isDone && isLost(error);
      if (isVain || error instanceof AnswerHeldBackError) throw error;
      failure = error;
    }
    const content = describeFailure(failure, textsOf(interaction, tools), tools.log);
    const button = await orHeldBack(task.offer?.(failure));
    await deferral.stop();
    const row = button && { type: ComponentType.ActionRow as const, components: [button] };
    await refuse(interaction, kind, row ? { layout: [buildText(content), row] } : { content });
    return outcomeOf(failure);
  });
}

/** Where this process may not answer, as it cannot be sure that it leads, the person is told why. */
async function orSayWhy(
  interaction: Answerable,
  kind: AnswerKind,
  tools: AnswerTools,
  run: () => Promise<Outcome>,
): Promise<Outcome> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof AnswerHeldBackError)) throw error;
    const content = textsOf(interaction, tools).failures.database;
    await asRefusal(() => refuse(interaction, kind, { content }));
    return 'failed';
  }
}

function outcomeOf(error: unknown): Outcome {
  return error instanceof UserError ? 'refused' : 'failed';
}

/** Opens a form, which Discord takes as a first answer only. */
export async function openForm(
  interaction: ButtonInteraction | StringSelectMenuInteraction,
  tools: AnswerTools,
  build: () => ReturnType<FormOpener<never>['execute']>,
): Promise<Outcome> {
  return await orSayWhy(interaction, 'reply', tools, async () => {
    try {
      limitPerson(interaction, tools);
      const form = await Promise.race([build(), raiseLate()]);
      await sendSurely(() => interaction.showModal(form));
      return 'answered';
    } catch (error) {
      if (error instanceof AnswerHeldBackError) throw error;
      const content = describeFailure(error, textsOf(interaction, tools), tools.log);
      await refuse(interaction, 'reply', { content });
      return outcomeOf(error);
    }
  });
}

/** What keeps a form from opening in time is the storage, which nothing else of it waits for. */
async function raiseLate(): Promise<never> {
  await sleep(PATIENCE_MS, undefined, { ref: false });
  throw new StorageError('a form was not ready in time');
}

function limitPerson({ user }: Interaction, { limitCommands }: AnswerTools): void {
  const seconds = limitCommands(user.id);
  if (seconds > 0) throw new UserError('too-fast', { seconds });
}
