import { randomBytes } from 'node:crypto';
import { SourceError, StorageError, UserError, type UserErrorCode } from '../../errors.ts';
import type { Texts } from '../texts/texts.ts';
import type { Log } from './create-client.ts';

/** What to tell the person; all that is not theirs to know goes to the log, under the reference they are given. */
export function describeFailure(error: unknown, texts: Texts, log: Log): string {
  if (error instanceof UserError) return describeUserError(error, texts);
  const reference = randomBytes(4).toString('hex');
  if (error instanceof SourceError) {
    if (error.reason === 'busy') return texts.failures.busy;
    log.warn({ err: error, reference }, 'a source failed while answering');
    return error.reason === 'rate-limited' ? texts.failures.busy : texts.failures.source(error.source);
  }
  if (error instanceof StorageError) {
    log.error({ err: error, reference }, 'storage failed while answering');
    return texts.failures.storage(reference);
  }
  log.error({ err: error, reference }, 'an interaction failed');
  return texts.failures.unexpected(reference);
}

function describeUserError<Code extends UserErrorCode>(error: UserError<Code>, texts: Texts): string {
  return texts.userErrors[error.code](error.values);
}
