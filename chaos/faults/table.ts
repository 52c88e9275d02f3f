import { CLOCK_FAULTS } from './clock-faults.ts';
import { CONTENT_FAULTS } from './content-faults.ts';
import { CURIOUS_FAULTS } from './curious-faults.ts';
import { DISCORD_FAULTS } from './discord-faults.ts';
import { DISK_FAULTS } from './disk-faults.ts';
import type { Fault } from './fault.ts';
import { GATEWAY_FAULTS } from './gateway-faults.ts';
import { GROUP_FAULTS } from './group-faults.ts';
import { LEDGER_FAULTS } from './ledger-faults.ts';
import { PEOPLE_FAULTS } from './people-faults.ts';
import { PLACE_FAULTS } from './place-faults.ts';
import { PROCESS_FAULTS } from './process-faults.ts';
import { REPLICA_FAULTS } from './replica-faults.ts';
import { SOURCE_FAULTS } from './source-faults.ts';

/** All that can go wrong. A new one is an entry of the file that it fits. */
export const FAULTS: readonly Fault[] = [
  ...PROCESS_FAULTS,
  ...REPLICA_FAULTS,
  ...CLOCK_FAULTS,
  ...DISK_FAULTS,
  ...LEDGER_FAULTS,
  ...DISCORD_FAULTS,
  ...CONTENT_FAULTS,
  ...GATEWAY_FAULTS,
  ...PLACE_FAULTS,
  ...PEOPLE_FAULTS,
  ...GROUP_FAULTS,
  ...CURIOUS_FAULTS,
  ...SOURCE_FAULTS,
];

/** Those with the names given, or all; raises where there is no such fault. */
export function chooseFaults(names?: readonly string[]): readonly Fault[] {
  const unknown = (names ?? []).filter((name) => !FAULTS.some((fault) => fault.name === name));
  if (unknown.length > 0) throw new Error(`There is no fault called ${unknown.join(', ')}`);
  return names === undefined ? FAULTS : FAULTS.filter(({ name }) => names.includes(name));
}
