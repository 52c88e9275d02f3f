import { textOf } from '../read-reply.ts';
import { beside, type Fault, pickChannel, type Storm } from './fault.ts';

/** What people look at; what they are told is judged at the end. */
export const CURIOUS_FAULTS: readonly Fault[] = [
  {
    name: 'looks-around',
    says: 'Somebody reads what is followed in a whole server, and is offered its topics.',
    weight: 3,
    start: (storm) => unlessDown(storm, lookAround),
  },
  {
    name: 'reads-library',
    says: 'Somebody saves a paper, and somebody else reads a library of their own.',
    weight: 2,
    start: (storm) => unlessDown(storm, readLibrary),
  },
];

async function lookAround({ world, random, met }: Storm): Promise<void> {
  const { discord } = world;
  const channel = pickChannel({ world, random }, ({ guildId }) => guildId !== '');
  if (channel === undefined) return;
  const userId = random() < 0.7 ? discord.adminId : discord.memberId;
  const verbs = discord.act(userId, { channelId: channel.typedIn });
  await verbs.runCommand('subscriptions');
  await verbs.autocomplete('unsubscribe', { topic: '' }, 'topic');
  met();
}

async function readLibrary({ world, met }: Storm): Promise<void> {
  const { discord, source } = world;
  const [paper] = source.newestPapers();
  const [, reader] = world.channels.filter(({ kind }) => kind === 'dm');
  if (paper === undefined || reader === undefined) return;
  const owner = discord.act(discord.visitorId, { channelId: discord.openDmWith(discord.visitorId).id });
  await owner.runCommand('save', { paper });
  // Nobody in direct messages saves anything here.
  const library = await discord.act(reader.userId, { channelId: reader.id }).runCommand('library');
  met();
  if (textOf(library).includes(paper)) world.noteTrespass(`a library shows ${paper}, which another saved`);
}

/** While the bot is down nobody answers. */
function unlessDown(storm: Storm, act: (storm: Storm) => Promise<void>): void {
  beside(
    storm,
    act(storm).catch(() => undefined),
  );
}
