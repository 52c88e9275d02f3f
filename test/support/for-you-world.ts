import { type CommandWorld, DAY, startCommandWorld } from './command-world.ts';
import { buildItem } from './world.ts';

/** A listed paper by nobody else's author, whose abstract says what its title says. */
export function buildAbout(id: string, title: string, day: string, upvotes = 10) {
  const item = buildItem(id, upvotes, day);
  const authors = [{ name: `Author ${id}`, hidden: false }];
  return { ...item, paper: { ...item.paper, title, summary: `${title} at work.`, authors } };
}

/** The bot at one o'clock of a day with papers about decoding, about proteins, and others that have nothing in common. */
export async function startForYouWorld(): Promise<CommandWorld> {
  const world = await startCommandWorld({ papers: 1 });
  world.huggingFace.setDay(DAY, [
    buildAbout('2606.02001', 'Speculative decoding with a *draft* for @everyone', DAY),
    buildAbout('2606.02002', 'Speculative decoding of trees', DAY),
    buildAbout('2606.02003', 'Protein folding', DAY),
    buildAbout('2606.02004', 'Folding a protein again', DAY),
    ...Array.from({ length: 12 }, (_, at) => buildAbout(`2606.021${at + 10}`, `Unrelated${at}`, DAY)),
  ]);
  await world.at(`${DAY}T13:00Z`);
  return world;
}
