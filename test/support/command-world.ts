import type { Filled } from '../../playground/discord/interactions/modals.ts';
import { controlsOf } from '../../playground/discord/messages/controls.ts';
import { textsOf } from '../../playground/discord/messages/read-papers.ts';
import type { Message } from '../../playground/discord/state.ts';
import { buildItem, type Days, startWorld, type World } from './world.ts';

type Verbs = ReturnType<World['discord']['act']>;
type Reply = Awaited<ReturnType<Verbs['runCommand']>>;

/** Somebody in a channel, who knows buttons by their labels. */
export interface Person {
  readonly id: string;
  run(command: string, options?: Record<string, unknown>): Promise<Reply>;
  suggestions(
    command: string,
    option: string,
    typed: string,
    others?: Record<string, unknown>,
  ): Promise<readonly string[]>;
  press(reply: Reply, label: string): Promise<Reply>;
  choose(reply: Reply, value: string): Promise<Reply>;
  /** Submits the form that a button opened, with some fields filled in anew. */
  submit(opened: Reply, filled: Filled): Promise<Reply>;
}

export interface CommandWorld extends World {
  readonly admin: Person;
  /** Without Manage Channels. */
  readonly member: Person;
  inChannel(channelId: string): Person;
  memberIn(channelId: string): Person;
  personIn(userId: string, channelId: string): Person;
}

export const DAY = '2026-06-09';
export const OLDER_DAY = '2026-06-08';

/** The bot at noon (UTC) of a day with 23 papers; the day before had two. */
export async function startCommandWorld({
  papers = 23,
  days = new Map(),
  titles = [],
  commandsPerMinute = Infinity,
  archiveSince,
}: {
  readonly papers?: number;
  readonly days?: Days;
  /** Of more papers of that day, from `2606.01001` on, with 20 upvotes each. */
  readonly titles?: readonly string[];
  /** Of one person. */
  readonly commandsPerMinute?: number;
  /** How far back older days are collected; not at all when absent. */
  readonly archiveSince?: string;
} = {}): Promise<CommandWorld> {
  const world = await startWorld(`${OLDER_DAY}T10:00Z`, days, commandsPerMinute, archiveSince);
  const { adminId, memberId } = world.discord;
  if (papers > 0) {
    world.huggingFace.setDay(OLDER_DAY, [
      buildItem('2606.09001', 4, OLDER_DAY),
      buildItem('2606.09002', 2, OLDER_DAY),
    ]);
    world.huggingFace.setDay(DAY, [...itemsOf(papers), ...titledItems(titles)]);
  }
  await world.at(`${DAY}T12:00Z`);
  return {
    ...world,
    admin: createPerson(world, adminId, world.channelId),
    member: createPerson(world, memberId, world.channelId),
    inChannel: (channelId) => createPerson(world, adminId, channelId),
    memberIn: (channelId) => createPerson(world, memberId, channelId),
    personIn: (userId, channelId) => createPerson(world, userId, channelId),
  };
}

/** From `2606.00001` on, with fewer upvotes each. */
function itemsOf(count: number): readonly ReturnType<typeof buildItem>[] {
  return Array.from({ length: count }, (_, at) =>
    buildItem(`2606.${String(at + 1).padStart(5, '0')}`, 100 - at, DAY),
  );
}

function titledItems(titles: readonly string[]): readonly ReturnType<typeof buildItem>[] {
  return titles.map((title, at) => {
    const item = buildItem(`2606.${String(1001 + at).padStart(5, '0')}`, 20, DAY);
    return { ...item, paper: { ...item.paper, title } };
  });
}

function createPerson({ discord }: World, id: string, channelId: string): Person {
  const verbs = discord.act(id, { channelId });
  return {
    id,
    run: (command, options = {}) => verbs.runCommand(command, options),
    async suggestions(command, option, typed, others = {}) {
      const choices = await verbs.autocomplete(command, { ...others, [option]: typed }, option);
      return choices.map((choice) => JSON.stringify(choice));
    },
    press: (reply, label) => verbs.press(messageOf(reply).id, buttonOf(reply, label).custom_id),
    submit: (opened, filled) => verbs.submit(opened.form?.id ?? '', filled),
    choose: (reply, value) => verbs.choose(messageOf(reply).id, menuOf(reply).custom_id, [value]),
  };
}

export function messageOf({ message }: Reply): Message {
  if (message === undefined) throw new Error('There was no message');
  return message;
}

/** All that a reply says. */
export function textOf(reply: Reply): string {
  return textsOf(messageOf(reply)).join('\n');
}

export function buttonOf(
  reply: Reply,
  label: string,
): { readonly custom_id: string; readonly disabled: boolean } {
  for (const one of controlsOf(messageOf(reply)))
    if ('label' in one && one.label === label && 'custom_id' in one)
      return { custom_id: one.custom_id, disabled: one.disabled === true };
  throw new Error(`There is no button ${label}`);
}

export function menuOf(reply: Reply): { readonly custom_id: string; readonly values: readonly string[] } {
  for (const one of controlsOf(messageOf(reply)))
    if ('options' in one) return { custom_id: one.custom_id, values: one.options.map(({ value }) => value) };
  throw new Error('There is no menu');
}

/** Presses a control that nobody made, in the place of the button of a message that the person was given. */
export async function pressForged(world: CommandWorld, person: Person, customId: string): Promise<Reply> {
  const { id } = messageOf(await person.run('about'));
  const message = world.discord.state.messages[world.channelId]?.find((one) => one.id === id);
  if (message === undefined) throw new Error('There was no message');
  for (const one of controlsOf(message)) if ('custom_id' in one) one.custom_id = customId;
  return world.discord.act(person.id, { channelId: world.channelId }).press(id, customId);
}

/** Answers to interactions that could mention somebody. */
export function mentioningAnswers({ discord }: World): readonly unknown[] {
  return discord.requests
    .filter(({ path, method }) => method !== 'GET' && /^\/(interactions|webhooks)\//.test(path))
    .filter(({ body }) => /"content":/.test(JSON.stringify(body)))
    .map(({ body }) => body)
    .filter((body) => !JSON.stringify(body).includes('"allowed_mentions":{"parse":[]}'));
}
