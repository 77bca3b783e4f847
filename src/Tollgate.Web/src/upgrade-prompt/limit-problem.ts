import { readProblem } from '../api/answer';
import { isWhole } from '../api/read';

/** What a 402 says about a limit. A field that is missing or of the wrong type is null; nothing in it is trusted. */
export interface LimitProblem {
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly limit: number | null;
  readonly resetAt: Date | null;
  readonly upgradeUrl: string | null;
}

/** Reads the problem object that a host hands on as it came from the server; null when it is no object. */
export function readLimitProblem(value: unknown): LimitProblem | null {
  if (typeof value !== 'object' || value === null) {
    return null;
  }
  const from = value as Record<string, unknown>;
  const { code, title, detail } = readProblem(402, value);
  const limit = from['limit'];
  const resetAt = typeof from['reset_at'] === 'string' ? new Date(from['reset_at']) : null;
  return {
    code,
    title,
    detail,
    limit: isWhole(limit) && limit > 0 ? limit : null,
    resetAt: resetAt === null || Number.isNaN(resetAt.getTime()) ? null : resetAt,
    upgradeUrl: typeof from['upgrade_url'] === 'string' ? from['upgrade_url'] : null,
  };
}
