import { setTimeout } from 'node:timers/promises';
import { pickNumber, pickOne } from '../random.ts';
import type { Fault } from './fault.ts';

// 1006 is what a broken connection looks like.
const PASSING = [1000, 1001, 1006, 4000, 4001, 4002, 4003, 4005, 4007, 4008, 4009] as const;
const FATAL = [4004, 4010, 4011, 4012, 4013, 4014] as const;
/** The session is over. */
const TIMED_OUT = 4009;
const LOST = 4000;

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
  {
    name: 'resume-fails',
    says: 'The gateway closes, and Discord knows nothing of the session when it is resumed.',
    weight: 1,
    start({ world, met }) {
      world.discord.gateway.forgetSessions();
      world.discord.disconnectGateway(LOST);
      met();
    },
  },
  {
    name: 'gateway-invalid-session',
    says: 'Discord calls the session invalid, or asks to come again.',
    weight: 1,
    start({ world: { discord }, random, met }) {
      if (random() < 0.5) discord.gateway.reconnect();
      else discord.gateway.invalidate(random() < 0.5);
      met();
    },
  },
  {
    name: 'gateway-silent',
    says: 'The gateway goes silent, and answers no heartbeat.',
    weight: 1,
    start({ world, met }) {
      world.discord.gateway.goSilent();
      met();
    },
  },
  {
    name: 'no-sessions-left',
    says: 'The gateway closes for a new session, and none may begin before a while.',
    weight: 1,
    lasts: [3_000, 8_000],
    tells: 'no-sessions',
    async start({ world: { discord, supervisor }, random, met }) {
      discord.gateway.setLimits({ remaining: 0, resetsAt: Date.now() + pickNumber(random, 3_000, 8_000) });
      met();
      if (random() < 0.5) discord.disconnectGateway(TIMED_OUT);
      else {
        await supervisor.end('SIGKILL');
        await setTimeout(pickNumber(random, 0, 500));
        await supervisor.start();
      }
      return () => undefined;
    },
  },
];
