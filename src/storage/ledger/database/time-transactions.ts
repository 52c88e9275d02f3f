import type { DatabaseConnection, Dialect, Driver } from 'kysely';

/** Tells how long each transaction took that was committed, in ms from its beginning until it was on disk. */
export function timeTransactions(dialect: Dialect, onWrite: (ms: number) => void): Dialect {
  return {
    createAdapter: () => dialect.createAdapter(),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createDriver: () => timeDriver(dialect.createDriver(), onWrite),
  };
}

function timeDriver(driver: Driver, onWrite: (ms: number) => void): Driver {
  const begunAt = new WeakMap<DatabaseConnection, number>();
  return {
    init: () => driver.init(),
    acquireConnection: () => driver.acquireConnection(),
    async beginTransaction(on, settings) {
      begunAt.set(on, performance.now());
      await driver.beginTransaction(on, settings);
    },
    async commitTransaction(on) {
      await driver.commitTransaction(on);
      onWrite(performance.now() - (begunAt.get(on) ?? performance.now()));
    },
    rollbackTransaction: (on) => driver.rollbackTransaction(on),
    releaseConnection: (on) => driver.releaseConnection(on),
    destroy: () => driver.destroy(),
  };
}
