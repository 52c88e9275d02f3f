import type { APIButtonComponentWithCustomId } from 'discord.js';
import { type FoundZone, presentZoneName, suggestZones } from '../../src/calendar/zone-names.ts';
import { type Instant, localTimeAt } from '../../src/calendar/zoned-time.ts';
import type { AnyReply, Choice } from '../../src/discord/interactions/command.ts';
import { encodeCustomId } from '../../src/discord/interactions/custom-id.ts';
import type { Texts } from '../../src/discord/texts/texts.ts';
import type { Destination } from '../../src/subscriptions/destination.ts';
import { likelyZones } from '../../src/subscriptions/likely-zones.ts';
import { buildButton, buildRow, cut, type Row } from '../parts/message-parts.ts';
import { buildPanel } from '../parts/panel.ts';
import { describeComing, describeHalt, describeSettings } from './describe-destination.ts';
import type { UnclearZone } from './read-schedule-change.ts';

interface Settings {
  readonly headline: string;
  /** What is in the way. */
  readonly warnings?: readonly string[];
  readonly destination: Destination;
  readonly unclear?: UnclearZone | undefined;
  readonly mayChange: boolean;
  readonly from?: ListPage;
}

/** Opens the form for when and how; `subscriptionId` is of the topic whose answer it stands below, if any. */
export function buildChangeButton(
  values: readonly [destinationId: string, subscriptionId: string, ...from: ListPage],
  { schedule }: Texts,
): APIButtonComponentWithCustomId {
  return buildButton(encodeCustomId('schedule-form', ...values), schedule.change);
}

/** When and how papers come to a destination, and a button for each zone that was perhaps meant. */
export function buildSettings(
  { headline, warnings = [], destination, unclear, mayChange, from = [] }: Settings,
  { now, texts }: { readonly now: Instant; readonly texts: Texts },
): AnyReply {
  const buttons = [
    ...(mayChange ? [buildChangeButton([destination.id, '', ...from], texts)] : []),
    ...buildBackButtons(from, texts),
  ];
  return buildPanel(
    [`### ${headline}`, ...describeSettings(destination, texts), ...warnings],
    [
      ...describeHalt(destination, texts),
      describeComing(destination, now, texts),
      mayChange ? buildResumeRow(destination, from, texts) : undefined,
    ],
    unclear === undefined
      ? []
      : [
          texts.schedule.whichZone(unclear.text),
          ...buildZoneButtons(unclear.zones, [destination.id, '', ...from], { now, texts }),
        ],
    buttons.length === 0 ? [] : [buildRow(...buttons)],
  );
}

/** The way on from a pause or a trouble; none where there is neither. */
export function buildResumeRow(
  { id, pausedAt, trouble }: Destination,
  from: ListPage,
  { subscriptions }: Texts,
): Row | undefined {
  if (pausedAt === undefined && trouble === undefined) return undefined;
  return buildRow(buildButton(encodeCustomId('resume', id, ...from), subscriptions.resume));
}

const CHOICES = 25;
const BUTTONS = 10;
const PER_ROW = 5;
const BUTTON_LENGTH = 80;

interface Showing {
  readonly now: Instant;
  readonly texts: Texts;
}

/** What a typed zone may mean, with the time there now; before anything is typed, zones of the locale. */
export function suggestZoneChoices(typed: string, locale: string, showing: Showing): readonly Choice[] {
  const found = typed.trim() === '' ? listLikelyZones(locale) : suggestZones(typed);
  return found.slice(0, CHOICES).map((one) => ({ name: cut(describeZone(one, showing)), value: one.zone }));
}

export function listLikelyZones(locale: string): readonly FoundZone[] {
  return likelyZones(locale).map((zone) => ({ zone }));
}

/** Such as `Munich · Europe/Berlin · 14:05 now`. */
export function describeZone({ zone, name }: FoundZone, { now, texts }: Showing): string {
  const words = [...(name === undefined ? [] : [name]), presentZoneName(zone)].join(' · ');
  return texts.schedule.zoneNow(words, localTimeAt(now, zone).minute);
}

/** A button for each zone that was perhaps meant, by the control `zone`. */
export function buildZoneButtons(
  zones: readonly string[],
  [destinationId, subscriptionId, ...from]: readonly [string, string, ...ListPage],
  showing: Showing,
): readonly Row[] {
  const buttons = zones.slice(0, BUTTONS).map((zone) => {
    return buildButton(
      encodeCustomId('zone', destinationId, subscriptionId, zone, ...from),
      cut(describeZone({ zone }, showing), BUTTON_LENGTH),
    );
  });
  const rows = Array.from({ length: Math.ceil(buttons.length / PER_ROW) }, (_, at) => at * PER_ROW);
  return rows.map((first) => buildRow(...buttons.slice(first, first + PER_ROW)));
}

/** The page of the list of places from which one was opened, as the last values of its controls: scope and page, or none. */
export type ListPage = readonly string[];

/** The way back to the list; none where there was no list. */
export function buildBackButtons(
  [scope, page]: ListPage,
  { subscriptions }: Texts,
): readonly APIButtonComponentWithCustomId[] {
  if (scope === undefined || page === undefined) return [];
  return [buildButton(encodeCustomId('subscriptions-page', scope, page), subscriptions.back)];
}
