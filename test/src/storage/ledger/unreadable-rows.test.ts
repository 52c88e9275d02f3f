import { describe, expect, it } from 'vitest';
import { apply } from '../../../../src/delivery/transitions.ts';
import { StorageError } from '../../../../src/errors.ts';
import { buildDelivery, buildDestination, GUILD, ID } from './build-rows.ts';
import { DATABASES, NOW, useLedger } from './ledger-world.ts';

const OTHER = 'c100000000000000009';

describe.each(DATABASES)('a row that cannot be read, on $name', (database) => {
  const world = useLedger(database);
  const follow = (id = ID) =>
    world.ledger.destinations.change(id, () => ({ destination: buildDestination({ id }) }));
  const ofGuild = async () => (await world.ledger.destinations.ofGuild(GUILD)).map(({ id }) => id);

  it.each([
    `UPDATE destinations SET document = '{"id":' WHERE id = '${ID}'`,
    `UPDATE destinations SET document = replace(document, '"cards"', '"damaged"') WHERE id = '${ID}'`,
    `UPDATE destinations SET document = replace(document, '2026-06-08', 'damaged') WHERE id = '${ID}'`,
  ])('of a destination costs that destination, and is never written over: %s', async (damage) => {
    await follow();
    await follow(OTHER);
    await world.run(damage);
    const rows = await world.run('SELECT * FROM destinations');

    await expect(world.ledger.destinations.get(ID)).rejects.toThrow(StorageError);
    await expect(follow()).rejects.toThrow(/cannot be read/);
    const removal = world.ledger.destinations.change(ID, () => ({ destination: undefined }));
    await expect(removal).rejects.toThrow(StorageError);

    expect(await ofGuild()).toEqual([OTHER]);
    expect(await world.ledger.destinations.due(NOW)).toEqual([{ id: OTHER, kind: 'channel' }]);
    expect(await world.ledger.destinations.dueAfter({ timed: NOW - 1, instantly: NOW - 1 })).toHaveLength(1);
    expect(await world.run('SELECT * FROM destinations')).toEqual(rows);
    expect(world.logged).toEqual([{ table: 'destinations', key: ID }]);
  });

  it('of a destination lets its delivery end as it was planned', async () => {
    await follow();
    await world.ledger.deliveries.plan(buildDelivery(), () => true);
    await world.run(`UPDATE destinations SET document = '' WHERE id = '${ID}'`);

    const sent = await world.ledger.deliveries.transition('d1', (view) =>
      apply(view, { kind: 'sent', n: 1, messageId: '7', at: NOW }),
    );

    expect(sent?.destination).toBeUndefined();
    expect((await world.ledger.deliveries.recordsOf(ID)).has('2606.00001')).toBe(true);
    const again = buildDelivery({ id: 'd2' });
    expect(await world.ledger.deliveries.plan(again, () => true)).toBe(false);
  });

  it.each(['kind', 'message_id'])('of a record never makes its paper come again: %s', async (column) => {
    await follow();
    await world.ledger.deliveries.plan(buildDelivery(), () => true);
    await world.ledger.deliveries.transition('d1', ({ delivery }) => ({
      delivery,
      records: ['1', '2', '3'].map((paperId) => ({ paperId, kind: 'sent', messageId: '7', at: NOW })),
    }));
    await world.run(`UPDATE records SET ${column} = 'damaged{' WHERE paper_id = '2'`);

    const records = await world.ledger.deliveries.recordsOf(ID);
    await world.ledger.deliveries.recordsOf(ID);

    expect([...records.keys()].toSorted()).toEqual(['1', '2', '3']);
    expect(records.get('2')?.kind).toBe('sent');
    expect(world.logged.length).toBe(column === 'kind' ? 1 : 0);
  });

  it('of a delivery costs that delivery: its destination gets digests again, and no paper twice', async () => {
    await follow();
    await world.ledger.deliveries.plan(buildDelivery(), () => true);
    await world.ledger.deliveries.plan(buildDelivery({ id: 'd2', destinationId: OTHER }), () => true);
    await world.ledger.deliveries.transition('d1', (view) =>
      apply(view, { kind: 'sent', n: 1, messageId: '7', at: NOW }),
    );
    await world.run(`UPDATE deliveries SET document = replace(document, '"sent"', '"damaged"')`);

    expect(await world.ledger.deliveries.openOf(ID)).toBeUndefined();
    expect(await world.ledger.deliveries.get('d1')).toBeUndefined();
    expect((await world.ledger.deliveries.open()).map(({ id }) => id)).toEqual(['d2']);
    await world.ledger.destinations.change(ID, (present) => ({ destination: present, giveUp: 'paused' }));
    const next = buildDelivery({ id: 'd3', plannedAt: NOW + 1 });
    expect(await world.ledger.deliveries.plan(next, () => true)).toBe(true);

    expect(await world.ledger.deliveries.openOf(ID)).toEqual(next);
    expect((await world.ledger.deliveries.recordsOf(ID)).get('2606.00001')?.kind).toBe('sent');
    expect(await world.run(`SELECT state FROM deliveries WHERE id = 'd1'`)).toEqual([{ state: 'cancelled' }]);
    expect(world.logged).toEqual([{ table: 'deliveries', key: 'd1' }]);
  });

  it('of what people searched for reads as not there', async () => {
    const key = await world.ledger.savedSearches.save('1', { query: 'mamba', sort: 'newest' });
    await world.ledger.sourceAnswers.set('mamba', ['1']);
    await world.run(`UPDATE key_values SET value = 'damaged{'`);

    expect(await world.ledger.savedSearches.get(key)).toBeUndefined();
    expect(await world.ledger.sourceAnswers.get('mamba')).toBeUndefined();
    expect(await world.ledger.savedSearches.save('1', { query: 'mamba', sort: 'newest' })).toBe(key);
    expect(await world.ledger.savedSearches.get(key)).toEqual({ query: 'mamba', sort: 'newest' });
  });
});
