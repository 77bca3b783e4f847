import type { Problem } from '../api/answer';
import type { ImportOutcome } from '../api/send-import';
import type { Inspection } from '../csv/inspect-csv';
import type { Doubts, Mapping } from '../mapping/guess-mapping';
import type { Notation } from '../notation/notation';
import type { RowCheck } from './check-rows';
import type { ImportPlan } from './plan';

/** Where the reader is on the way from a file to an import. */
export type Step =
  | { readonly kind: 'loading' }
  | { readonly kind: 'unavailable'; readonly problem: Problem }
  | { readonly kind: 'pick'; readonly problem: Problem | null }
  | Working
  | Matching
  | Reviewing
  | { readonly kind: 'refused'; readonly problem: Problem; readonly canRetry: boolean }
  | Done;

export type Task = 'reading' | 'checking' | 'writing' | 'sending';

export interface Working {
  readonly kind: 'working';
  readonly task: Task;
  readonly fileName: string;
  readonly done: number;
  readonly total: number;
}

export interface Matching {
  readonly kind: 'match';
  readonly file: File;
  readonly inspection: Inspection;
  readonly hasHeader: boolean;
  readonly mapping: Mapping;
  /** Columns of ours that may be one of several of the file, or one that is only nearly called so. */
  readonly doubts: Doubts;
  /** What the reader said of how a column of the file is written, where its values do not show it. */
  readonly choices: Readonly<Record<number, Partial<Notation>>>;
  /** Why the check has not begun: what is still to be matched. */
  readonly refusal: Refusal | null;
}

export interface Refusal {
  /** Our columns that the reader has to match. */
  readonly missing: readonly number[];
}

export interface Reviewing {
  readonly kind: 'review';
  readonly plan: ImportPlan;
  readonly check: RowCheck;
}

export interface Done {
  readonly kind: 'done';
  readonly imported: number;
  readonly leftOut: number;
  /** Of the server, its lines those of the picked file; null when the page took the rows itself. */
  readonly outcome: ImportOutcome | null;
}
