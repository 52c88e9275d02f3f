import { pickOne } from '../random.ts';
import type { Fault } from './fault.ts';

// 1006 is what a broken connection looks like.
const PASSING = [1000, 1001, 1006, 4000, 4001, 4002, 4003, 4005, 4007, 4008, 4009] as const;
const FATAL = [4004, 4010, 4011, 4012, 4013, 4014] as const;

/** What befalls the connections to Discord's gateway. */
export const GATEWAY_FAULTS: readonly Fault[] = [
  {
    name: 'gateway-closed',
    says: 'Discord closes the gateway, as it does often.',
    weight: 2,
    start({ world, random, met }) {
      world.discord.disconnectGateway(pickOne(random, PASSING));
      met();
    },
  },
  {
    name: 'gateway-closed-for-good',
    says: 'Discord closes the gateway with a code that means never again.',
    weight: 1,
    lasts: [1_000, 1_000],
    tells: 'gateway',
    start({ world, random, met }) {
      world.discord.disconnectGateway(pickOne(random, FATAL));
      met();
      return () => undefined;
    },
  },
];
