import type { Instant } from '../calendar.ts';
import type { DestinationHistory, Settings } from '../history.ts';
import type { Notice, PostedMessage, Roundup } from '../shown.ts';
import { attributeDigests, type Attribution } from './attribute-digests.ts';
import type { AuditContext } from './context.ts';
import { type Debt, listDebts } from './debts.ts';
import { groupDeliveries, messagesIn, noticesIn, roundupsIn, type SeenDelivery } from './deliveries.ts';
import { listInstantReigns, listInstantSettings } from './instant-reigns.ts';
import { listReigns, type Reign, reignsWithin } from './reigns.ts';
import { setAsideRepeats } from './repeats.ts';

/** What stands in one destination, and what must have come there. */
export interface PlaceEvidence {
  readonly destination: DestinationHistory;
  readonly reigns: readonly Reign[];
  /** Of digests and samples, in order of time. */
  readonly messages: readonly PostedMessage[];
  readonly notices: readonly (PostedMessage & { readonly notice: Notice })[];
  readonly roundups: readonly (PostedMessage & { readonly roundup: Roundup })[];
  /** Without the messages that came again and may have done so. */
  readonly deliveries: readonly PlacedDelivery[];
  readonly debts: readonly Debt[];
}

/** A digest or a sample, with what it may have been planned by. */
export interface PlacedDelivery extends SeenDelivery {
  /** The slot that it is of; none for a sample, and where it came before every slot, or with a collection. */
  readonly attribution: Attribution | undefined;
  /** `perhaps` where it may be of a slot too. */
  readonly isInstant: 'surely' | 'perhaps' | 'no';
  /** That may have held when it was planned. */
  readonly settings: readonly Settings[];
  /** What stands there that came earlier. */
  readonly before: readonly PostedMessage[];
}

export function buildPlace(context: AuditContext, destination: DestinationHistory): PlaceEvidence {
  const { history } = context;
  const messages = messagesIn(history, destination);
  const notices = noticesIn(history, destination);
  const roundups = roundupsIn(history, destination);
  const told = setAsideRepeats(history, destination, messages);
  const grouped = groupDeliveries(history, destination, told);
  const attributions = attributeDigests(context, destination, grouped);
  const reigns = listReigns(destination);
  const deliveries = grouped.map((delivery): PlacedDelivery => {
    const attribution = attributions.get(delivery.id);
    const instant = delivery.isSample ? [] : listInstantReigns(context, destination, delivery.firstAt);
    const settings =
      instant.length > 0
        ? listInstantSettings(destination, instant, delivery.firstAt)
        : settingsSince(
            reigns,
            attribution === undefined
              ? (delivery.pressedAt ?? 0)
              : history.timeline.realAt(attribution.since),
            delivery.firstAt,
          );
    const isSurely = settings.every(({ instantSince }) => instantSince !== undefined);
    return {
      ...delivery,
      attribution,
      settings,
      isInstant: instant.length === 0 ? 'no' : isSurely ? 'surely' : 'perhaps',
      before: told.filter(({ at }) => at < delivery.firstAt),
    };
  });
  return {
    destination,
    reigns,
    messages,
    notices,
    roundups,
    deliveries,
    debts: listDebts(context, destination, {
      messages,
      notices,
      roundups,
      deliveries: grouped,
      attributions,
    }),
  };
}

function settingsSince(reigns: readonly Reign[], from: Instant, to: Instant): readonly Settings[] {
  return reignsWithin(reigns, from, to)
    .map(({ settings }) => settings)
    .filter((settings) => settings !== undefined);
}
