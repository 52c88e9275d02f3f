import type { Evidence } from '../evidence/evidence.ts';
import type { PostedMessage } from '../shown.ts';
import type { Complaint, Promise } from '../promise.ts';

export const STRAY: Promise = {
  figure: 'stray',
  sentence:
    'The bot writes nowhere but where papers are asked for or a group reads, and there nothing but digests, news and roundups, or what meetings need.',
  check: (evidence) => [...findStrays(evidence), ...findShared(evidence)],
};

function findStrays({ history }: Evidence): readonly Complaint[] {
  const kinds = new Map(history.destinations.map(({ channelId, kind }) => [channelId, kind]));
  const groups = new Set(history.groups.map(({ channelId }) => channelId));
  return history.messages.flatMap((message) => {
    const { id, channelId, placeId, papers, notice, announced, roundup, meeting } = message;
    if (groups.has(channelId)) {
      const isOfGroup = meeting !== undefined && placeId === channelId;
      return isOfGroup ? [] : [{ channelId, about: `message ${id}: "${message.content.slice(0, 100)}"` }];
    }
    const kind = kinds.get(channelId);
    if (kind === undefined) return [{ channelId, about: `message ${id}, where nobody asked for papers` }];
    if ((kind === 'forum') !== (placeId !== channelId))
      return [{ channelId, about: `message ${id} in ${placeId}, which is no place for it` }];
    const isKnown = [notice, announced, roundup].some((one) => one !== undefined) || papers.length > 0;
    return isKnown ? [] : [{ channelId, about: `message ${id}: "${message.content.slice(0, 100)}"` }];
  });
}

/** Each delivery is for one place. */
function findShared({ history }: Evidence): readonly Complaint[] {
  const places = new Map<string, PostedMessage>();
  return history.messages.flatMap((message) => {
    const { deliveryId, channelId } = message;
    const first = places.get(deliveryId) ?? message;
    places.set(deliveryId, first);
    return deliveryId === '' || first.channelId === channelId
      ? []
      : [{ channelId, about: `${deliveryId}, which is for ${first.channelId}` }];
  });
}
