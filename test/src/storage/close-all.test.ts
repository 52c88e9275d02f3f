import { describe, expect, it } from 'vitest';
import { StorageError } from '../../../src/errors.ts';
import { closeAll } from '../../../src/storage/close-all.ts';

describe('closing everything', () => {
  it('goes on after a failure, in order, and raises the first one', async () => {
    const closed: string[] = [];
    const closers = [
      () => void closed.push('one'),
      () => Promise.reject(new StorageError('two failed')),
      () => {
        throw new StorageError('three failed');
      },
      async () => void closed.push('lock'),
    ];

    await expect(closeAll(closers)).rejects.toThrow('two failed');

    expect(closed).toEqual(['one', 'lock']);
  });

  it('is silent when everything closes', async () => {
    await expect(closeAll([() => undefined])).resolves.toBeUndefined();
  });
});
