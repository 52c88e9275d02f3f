import { ApiError } from './api-error.ts';
import { isRecord, type JsonRecord } from '../state.ts';

export type Path = readonly (string | number)[];
export interface Problem {
  readonly path: Path;
  readonly message: string;
}
/** Collects all that is wrong with a body, as Discord tells all of it at once. */
export interface Form {
  readonly problems: readonly Problem[];
  report(path: Path, message: string): void;
  /** Checks a text of at most `max` characters, and gives how many it has. */
  text(value: unknown, path: Path, rule: { readonly max: number; readonly required?: boolean }): number;
  url(value: unknown, path: Path, pattern?: RegExp): void;
  list(value: unknown, path: Path, max: number): readonly unknown[];
}

export const partOf = (value: unknown): JsonRecord => (isRecord(value) ? value : {});

export function createForm(): Form {
  const problems: Problem[] = [];
  const report = (path: Path, message: string) => void problems.push({ path, message });
  return {
    problems,
    report,
    text(value, path, { max, required = false }) {
      const missing = value === undefined || value === null;
      if (missing && required) report(path, 'This field is required');
      if (missing) return 0;
      if (typeof value !== 'string') {
        report(path, 'Must be a string.');
        return 0;
      }
      const length = Array.from(value.trim()).length;
      if (length > max || (required && length === 0)) report(path, `Must be between 1 and ${max} in length.`);
      return length;
    },
    url(value, path, pattern = /^https?:\/\/\S+$/) {
      if (typeof value === 'string' && !pattern.test(value)) report(path, 'Not a well formed URL.');
    },
    list(value, path, max) {
      if (value === undefined || value === null) return [];
      if (!Array.isArray(value)) {
        report(path, 'Only iterables may be used');
        return [];
      }
      if (value.length > max) report(path, `Must be ${max} or fewer in length.`);
      return value;
    },
  };
}

/** Discord's nested error body, built up by path. */
export function refuseForm(problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  const root: Record<string, unknown> = {};
  for (const { path, message } of problems) {
    let node = root;
    for (const key of path) {
      const next: Record<string, unknown> = { ...partOf(node[key]) };
      node[key] = next;
      node = next;
    }
    node['_errors'] = [{ code: 'BASE_TYPE_BAD_LENGTH', message }];
  }
  throw new ApiError(400, 50035, 'Invalid Form Body', root);
}
