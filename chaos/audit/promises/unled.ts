import type { AskedDiscord, History, Life, OfReplica } from '../history.ts';
import type { Promise } from '../promise.ts';

/** Real: what is on its way when another process takes over, and how late it is known who leads. */
const ON_ITS_WAY_MS = 1_000;
const READS = new Set(['GET', 'HEAD']);

export const UNLED: Promise = {
  figure: 'unled',
  sentence:
    'Of several processes only the one that leads sends, edits, answers people and writes; one that led may say that its database is away.',
  check: ({ history }) => {
    const requests = history.requests
      .filter(({ method }) => !READS.has(method))
      .map(({ method, path, ...one }) => ({ ...one, what: `${method} ${path.replace(/[^/]{40,}/u, '…')}` }));
    const writes = history.writes.map((one) => ({ ...one, what: 'a write' }));
    return [...requests, ...writes]
      .filter((one) => one.replica !== undefined && !mayAct(history, one))
      .map(({ what, at, replica }) => ({
        about: `${what} of replica ${replica} at ${new Date(at).toISOString()}`,
      }));
  },
};

type Act = OfReplica & Pick<AskedDiscord, 'at' | 'isRefusal'>;

/** Whether the process led then, and no other one had begun to. One that is cut off does not know whether one has. */
function mayAct({ lives }: History, { at, replica, isRefusal }: Act): boolean {
  const own = lives.findLast((life) => life.replica === replica && life.startedAt <= at);
  const since = own?.leadsFrom;
  if (since === undefined || since > at + ON_ITS_WAY_MS) return false;
  if (isRefusal === true) return true;
  const isOther = ({ leadsFrom = Infinity }: Life) => leadsFrom > since && leadsFrom < at - ON_ITS_WAY_MS;
  return !lives.some(isOther);
}
