import type { Instant } from '../calendar.ts';
import type { DestinationHistory } from '../history.ts';
import type { Sighting } from './sightings.ts';

/** The time during which a paper may be followed in a place; in real instants. */
export interface PaperReign {
  readonly paperId: string;
  readonly possibleFrom: Instant;
  readonly sureFrom: Instant;
  readonly sureTo: Instant;
  readonly possibleTo: Instant;
}

/** What Hugging Face tells of papers here; it links no models, datasets or Spaces. */
export const EVENTS = ['code', 'votes'] as const;
const HIT_VOTES = 100;

export function hasCome(event: string, { hasCode, upvotes }: Pick<Sighting, 'hasCode' | 'upvotes'>): boolean {
  return event === 'code' ? hasCode : event === 'votes' && upvotes >= HIT_VOTES;
}

export function listPaperReigns({ paperChanges }: DestinationHistory): readonly PaperReign[] {
  return paperChanges.flatMap(({ paperId, sentAt, ackedAt, isFollowed }, index) => {
    if (!isFollowed) return [];
    const next = paperChanges.slice(index + 1).find((change) => change.paperId === paperId);
    return [
      {
        paperId,
        possibleFrom: sentAt,
        sureFrom: ackedAt,
        sureTo: next?.sentAt ?? Infinity,
        possibleTo: next?.ackedAt ?? Infinity,
      },
    ];
  });
}

/** As the auditor's complaints name what a notice tells: `2605.30349#code`. */
export function nameNews(paperId: string, event: string): string {
  return `${paperId}#${event}`;
}
