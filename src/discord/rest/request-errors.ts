/** The request surely never left: its last check failed, or the process stops. */
export class HeldBackError extends Error {
  override readonly name = 'HeldBackError';

  constructor() {
    super('the request was held back');
  }
}

/** An answer to a person was held back, as this process cannot be sure that it leads. */
export class AnswerHeldBackError extends Error {
  override readonly name = 'AnswerHeldBackError';

  constructor() {
    super('the answer was held back');
  }
}

/** Discord asks to wait; the request had no effect, or never left. */
export class AskedToWaitError extends Error {
  override readonly name = 'AskedToWaitError';
  /** Milliseconds. */
  readonly retryAfter: number;

  constructor(retryAfter: number) {
    super('Discord asks to wait');
    this.retryAfter = retryAfter;
  }
}

/** Discord does not take the bot's token. The message says what to do. */
export class RefusedTokenError extends Error {
  override readonly name = 'RefusedTokenError';
}

/**
 * An answer that Discord did not write, such as a proxy's: nobody knows whether the request had its effect. It has no
 * `status`: at a login discord.js reads any 401 as Discord's word on the token.
 */
export class ForeignAnswerError extends Error {
  override readonly name = 'ForeignAnswerError';
  /** How long it asks to wait, in ms. */
  readonly retryAfter: number | undefined;

  constructor(status: number, retryAfter?: number) {
    super(`status ${status}, and not from Discord itself`);
    this.retryAfter = retryAfter;
  }
}
