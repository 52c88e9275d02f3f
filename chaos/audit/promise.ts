import type { Evidence } from './evidence/evidence.ts';
import type { GroupEvidence, SeenMeeting } from './meetings/meetings.ts';
import type { PlaceEvidence } from './evidence/place.ts';

/** What is wrong, and in which place; about the run as a whole without one. */
export interface Complaint {
  readonly channelId?: string;
  readonly about: string;
}

/** One thing that people may count on. */
export interface Promise {
  /** Under which the run counts how often it was broken. */
  readonly figure: string;
  /** As people would be told it. */
  readonly sentence: string;
  /** It is counted, and a run is clean all the same. */
  readonly isTolerated?: true;
  readonly check: (evidence: Evidence) => readonly Complaint[];
}

/** Looks at one place after the other. */
export function inEachPlace(
  look: (evidence: Evidence, place: PlaceEvidence) => readonly string[],
): Promise['check'] {
  return (evidence) =>
    evidence.places.flatMap((place) =>
      look(evidence, place).map((about) => ({ channelId: place.destination.channelId, about })),
    );
}

/** Looks at one meeting of a reading group after the other. */
export function atEachMeeting(
  look: (evidence: Evidence, group: GroupEvidence, meeting: SeenMeeting) => readonly string[],
): Promise['check'] {
  return (evidence) =>
    evidence.groups.flatMap((group) =>
      group.meetings.flatMap((meeting) =>
        look(evidence, group, meeting).map((about) => ({ channelId: group.group.channelId, about })),
      ),
    );
}
