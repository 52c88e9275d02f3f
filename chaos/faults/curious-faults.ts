import { textOf } from '../readers/read-reply.ts';
import { type Fault, pickChannel, type Storm, unlessDown } from './fault.ts';

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
    says: 'Two people save papers, and one reads their library.',
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
  const [channel] = world.channels.filter(({ kind }) => kind === 'dm');
  // Each of the two saves papers that the other never does.
  const [own, other] = [0, 1].map((rest) =>
    source.newestPapers().find((id) => Number(id.at(-1)) % 2 === rest),
  );
  if (own === undefined || other === undefined || channel === undefined) return;
  const reader = discord.act(channel.userId, { channelId: channel.id });
  const owner = discord.act(discord.visitorId, { channelId: discord.openDmWith(discord.visitorId).id });
  await owner.runCommand('save', { paper: other });
  await reader.runCommand('save', { paper: own });
  const library = textOf(await reader.runCommand('library'));
  met();
  if (library.includes(other)) world.noteTrespass(`a library shows ${other}, which another saved`);
}
