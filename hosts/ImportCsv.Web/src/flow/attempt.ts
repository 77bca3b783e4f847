import { newIdempotencyKey } from '../api/idempotency-key';
import { isSound, type RowCheck } from './check-rows';
import type { ImportPlan } from './plan';

/** An import that was begun, and may have arrived though no answer came. */
export interface Attempt {
  readonly idempotencyKey: string;
  /** What makes it this import: the file, how it is read and matched, and what was corrected. */
  readonly of: string;
}

/** The `last` attempt once more when nothing has changed since, else a new one. */
export function attemptFor(plan: ImportPlan, check: RowCheck, last: Attempt | null): Attempt {
  const { file, reading, mapping, notations, hasHeader } = plan;
  const corrected = check.kept.filter(isSound).map(({ row, values }) => [row, values]);
  const read = [reading, mapping, notations, hasHeader];
  const of = JSON.stringify([file.name, file.size, file.lastModified, read, corrected]);
  return last?.of === of ? last : { idempotencyKey: newIdempotencyKey(), of };
}
