import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type CommandWorld,
  DAY,
  messageOf,
  type Person,
  startCommandWorld,
} from '../support/command-world.ts';

describe('looking a paper up that the archive has not', { timeout: 60_000 }, () => {
  let world: CommandWorld;
  let person: Person;
  let atStart: number;

  beforeEach(async () => {
    world = await startCommandWorld();
    person = newcomer();
    atStart = world.huggingFace.requests.length;
  });

  afterEach(async () => {
    await world.stop();
  });

  function newcomer(): Person {
    const { id } = world.discord.addUser('Grace');
    world.discord.addMember(world.guildId, id);
    return world.personIn(id, world.channelId);
  }

  /** Beside what the bot asks about the papers of the day. */
  const lookUps = () =>
    world.huggingFace.requests.slice(atStart).filter((one) => one.startsWith('/api/papers/'));

  async function replyTo(paper: string): Promise<string> {
    return messageOf(await person.run('paper', { paper })).content;
  }

  it('makes few requests however many people want, and leaves room for collecting', async () => {
    const replies: string[] = [];
    for (let at = 0; at < 150; at += 1) {
      if (at % 10 === 0) person = newcomer();
      replies.push(await replyTo(`2401.${10_000 + at}`));
    }

    expect(lookUps()).toHaveLength(20);
    expect(replies[0]).toContain('I found no paper');
    expect(replies.at(-1)).toBe('Too many look-ups right now. Try again in a minute.');
    const before = world.huggingFace.requests.length;
    await world.at(`${DAY}T12:10Z`);
    expect(world.huggingFace.requests.slice(before)[0]).toContain(`date=${DAY}`);
    expect(await replyTo('2401.20000')).toContain('I found no paper');
  });

  it('asks once for a paper that nobody knows', async () => {
    expect(await replyTo('2401.10000')).toContain('I found no paper');
    expect(await replyTo('2401.10000')).toContain('I found no paper');

    expect(lookUps()).toHaveLength(1);
  });

  it('asks for nothing that the archive has', async () => {
    await replyTo('2606.00007');

    expect(lookUps()).toEqual([]);
  });

  it.each([200, 403, 404])('does not take a proxy’s %d for Hugging Face’s word', async (status) => {
    world.huggingFace.fail({ status, body: 'garbage' });

    expect(await replyTo('2401.10000')).toContain("isn't answering");
  });

  it('says that there are too many when Hugging Face itself limits it', async () => {
    world.huggingFace.fail({ status: 429 });

    expect(await replyTo('2401.10000')).toContain('Too many look-ups');
  });
});
