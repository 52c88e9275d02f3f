import { planStep } from '../../src/delivery/delivery.ts';
import type { Figure } from '../figure.ts';
import { openAlone } from './failover-world.ts';
import type { OwnPostgres } from '../../playground/postgres/own-postgres.ts';

const DIGESTS = 4_000;
/** As many as the bot sends at a time. */
const AT_ONCE = 32;

/** Digests of one message written down as the bot does, fenced: the plan with its attempt, then its outcome. */
export async function measureWrites({ url }: OwnPostgres): Promise<readonly Figure[]> {
  const { deliveries, destinations, close } = await openAlone(url);
  const [places, waits]: [string[], number[]] = [[], []];
  for (const { id } of await destinations.due(Date.now())) places.push(id);
  const now = Date.now();
  let next = 0;

  async function timed<T>(write: () => Promise<T>): Promise<T> {
    const begun = performance.now();
    const answer = await write();
    waits.push(performance.now() - begun);
    return answer;
  }

  async function writeDigest(n: number, destinationId: string): Promise<void> {
    const id = `w${n}`.padEnd(16, '0');
    const step = planStep({ n: 0, kind: 'message', papers: [`2606.${n}`], form: 'rich' }, 0);
    const place = { kind: 'channel', channelId: '1', guildId: '2', channelKind: 'text' } as const;
    const base = {
      id,
      destinationId,
      place,
      kind: 'digest',
      slot: now,
      mention: 'none',
      hidden: [],
    } as const;
    const attempted = { ...step, status: 'attempted', attempts: 1, firstAttemptAt: now } as const;
    await timed(() =>
      deliveries.plan({ ...base, state: 'open', plannedAt: now, steps: [attempted] }, () => true),
    );
    await timed(() =>
      deliveries.transition(id, ({ delivery }) => ({
        delivery: {
          ...delivery,
          state: 'done',
          closedAt: now,
          steps: [{ ...step, status: 'sent', messageId: '3' }],
        },
        records: [{ paperId: `2606.${n}`, kind: 'sent', messageId: '3', at: now }],
      })),
    );
  }

  async function work(lane: number): Promise<void> {
    for (let n = next++; n < DIGESTS; n = next++) await writeDigest(n, places[lane] ?? `c${lane}`);
  }

  const begun = performance.now();
  await Promise.all(Array.from({ length: AT_ONCE }, (_, lane) => work(lane)));
  const seconds = (performance.now() - begun) / 1000;
  await close();
  const p99 = waits.toSorted((a, b) => a - b)[Math.ceil(waits.length * 0.99) - 1] ?? NaN;
  return [
    { figure: 'writes_per_s', value: Math.round(DIGESTS / seconds), unit: 'digests/s' },
    { figure: 'write_p99_ms', value: Number(p99.toFixed(1)), unit: 'ms' },
  ];
}
