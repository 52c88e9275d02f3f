export interface LedgerLog {
  error(fields: object, message: string): void;
}

/** Tells of a row that cannot be read; of each one once in the life of the process, however often it is met. */
export interface RowLog {
  unreadable(table: string, key: string): void;
  /** Whether it was told of. */
  isUnreadable(table: string, key: string): boolean;
}

export function createRowLog(log: LedgerLog): RowLog {
  const told = new Set<string>();
  const rowOf = (table: string, key: string): string => `${table}:${key}`;
  return {
    isUnreadable: (table, key) => told.has(rowOf(table, key)),
    unreadable(table, key) {
      const row = rowOf(table, key);
      if (told.has(row)) return;
      told.add(row);
      log.error({ table, key }, 'a row of the ledger cannot be read and is left as it is');
    },
  };
}
