/** A channel as the person and the bot stand in it. `ownPermissions` is missing where Discord does not tell. */
export interface ResolvedChannel {
  readonly id: string;
  readonly type: number;
  readonly memberPermissions: bigint;
  readonly ownPermissions: bigint | undefined;
}
