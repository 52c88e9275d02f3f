import { UserError } from '../../errors.ts';

/** What a button or menu carries: which control it is, and all that it needs. */
export interface ControlId {
  /** Lower-case letters and dashes. */
  readonly name: string;
  /** Without `:`. */
  readonly values: readonly string[];
}

const VERSION = 'v1';
const LIMIT = 100;
const NAME = /^[a-z][a-z-]*$/;

/** `name:v1:value:value`. Discord takes 100 characters: https://docs.discord.com/developers/components/reference */
export function encodeCustomId(name: string, ...values: readonly (string | number)[]): string {
  const id = [name, VERSION, ...values].join(':');
  const isSafe = NAME.test(name) && values.every((value) => !String(value).includes(':'));
  if (!isSafe || id.length > LIMIT) throw new RangeError(`not a custom id: ${id}`);
  return id;
}

/** Raises `control-outdated` for an id of another version or of another's making. */
export function parseCustomId(customId: string): ControlId {
  const [name, version, ...values] = customId.split(':');
  const isSafe = customId.isWellFormed() && customId.length <= LIMIT && name !== undefined;
  if (!isSafe || !NAME.test(name) || version !== VERSION) {
    throw new UserError('control-outdated', {});
  }
  return { name, values };
}
