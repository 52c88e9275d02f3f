import { expect, it } from 'vitest';
import { apply } from '../../../../src/delivery/transitions.ts';
import { buildDelivery, buildDestination, ID } from './build-rows.ts';
import { describeLedger } from './ledger-world.ts';

describeLedger('a ledger', (world) => {
  it('keeps all of a destination and a delivery', async () => {
    await world.ledger.destinations.change(ID, () => ({ destination: buildDestination() }));
    expect(await world.ledger.destinations.get(ID)).toEqual(buildDestination());
    expect(await world.ledger.deliveries.plan(buildDelivery(), () => true)).toBe(true);
    const view = await world.ledger.deliveries.transition('d1', (v) =>
      apply(v, { kind: 'attempt', n: 1, at: 5, unconfirmed: false }),
    );
    await world.reopen();
    expect(await world.ledger.deliveries.get('d1')).toEqual(view);
    await world.ledger.meta.set('a', 'b');
    expect(await world.ledger.meta.get('a')).toBe('b');
    expect(await world.ledger.destinations.due(world.now)).toEqual([{ id: ID, kind: 'channel' }]);
    expect(await world.ledger.destinations.summary()).toEqual({ destinations: 1, oldestDue: world.now });
    await world.ledger.purgeIfDue();
    expect(world.logged).toEqual([]);
  });
});
