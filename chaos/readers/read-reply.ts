import { controlsOf } from '../../playground/discord/messages/controls.ts';
import { textsOf } from '../../playground/discord/messages/read-papers.ts';
import type { DiscordStandIn } from '../../playground/discord/server.ts';

export type Verbs = ReturnType<DiscordStandIn['act']>;
export type Reply = Awaited<ReturnType<Verbs['runCommand']>>;

/** What the view of one channel has in any case. */
export const SETTINGS = /^(Last message|Nothing sent yet)/m;
/** In its place where no topic is followed; single papers may be. */
export const NO_TOPIC = /^(Nothing is followed|\*\*\d+ papers? followed)/;

/** All that a reply says. */
export function textOf({ message }: Reply): string {
  return message === undefined ? '' : textsOf(message).join('\n');
}

export function findControl(message: Reply['message'], name: string): string | undefined {
  return listControls(message).find((id) => id.startsWith(`${name}:`));
}

export function listControls(message: Reply['message']): readonly string[] {
  return controlsOf(message ?? { components: [] }).map((control) =>
    'custom_id' in control ? control.custom_id : '',
  );
}
