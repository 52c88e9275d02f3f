import { Piscina } from 'piscina';
import type { Log } from '../log.ts';
import type { Chart, Charts } from '../topics/chart.ts';
import type { draw } from './chart-thread.ts';

/** A picture takes a hundredth of this, and some wait for their turn. */
const DEADLINE_MS = 30_000;
/** The thread is ended when nobody has needed it for so long. */
const IDLE_MS = 10_000;
const MEMORY_MB = 128;
/** Places that follow the same topics have the same picture, in the same minute. */
const KEPT = 16;

/** Vega and resvg in a thread of their own, which is there only while it is needed, and keeps no process alive. */
export function createCharts(log: Log): Charts & { close(): Promise<void> } {
  let pool: Piscina | undefined;
  const known = new Map<string, Promise<Buffer | undefined>>();

  async function ask(chart: Chart): Promise<Buffer | undefined> {
    pool ??= new Piscina({
      filename: new URL('./chart-thread.ts', import.meta.url).href,
      minThreads: 0,
      maxThreads: 1,
      idleTimeout: IDLE_MS,
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    });
    try {
      const options = { name: 'draw', signal: AbortSignal.timeout(DEADLINE_MS) };
      const png: Awaited<ReturnType<typeof draw>> = await pool.run(chart, options);
      return Buffer.from(png);
    } catch (error) {
      log.warn({ err: error }, 'a chart could not be drawn');
      return undefined;
    }
  }

  return {
    draw(chart) {
      const key = JSON.stringify(chart);
      const before = known.get(key);
      if (before !== undefined) return before;
      const drawing = ask(chart);
      known.set(key, drawing);
      void drawing.then((png) => (png === undefined ? known.delete(key) : undefined));
      const [oldest = key] = known.keys();
      if (known.size > KEPT) known.delete(oldest);
      return drawing;
    },
    async close() {
      await pool?.destroy();
    },
  };
}
