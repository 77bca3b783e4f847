import { type Answer, failed, ownProblem } from '../api/answer';
import { type ImportOutcome, sendImport } from '../api/send-import';
import type { Progress } from '../csv/inspect-csv';
import type { RowCheck } from './check-rows';
import { collectRows, type PageRow } from './collect-rows';
import type { ImportPlan } from './plan';
import { writeImport } from './write-import';

/** What is to be delivered, and how to say how far it is. */
export interface Consignment {
  readonly plan: ImportPlan;
  readonly check: RowCheck;
  readonly idempotencyKey: string;
  readonly signal: AbortSignal;
  readonly progress: Progress;
  readonly sending: (done: number, total: number) => void;
}

/** What arrived. */
export interface Receipt {
  readonly imported: number;
  readonly outcome: ImportOutcome | null;
}

export type Delivery = (consignment: Consignment) => Promise<Answer<Receipt>>;

/** What the page does with the rows; a promise of it is waited for. */
export type TakeRows = (rows: readonly PageRow[], about: { readonly fileName: string }) => unknown;

/** Sends the rows to the server as one import. */
export function deliverTo(api: string, importerKey: string): Delivery {
  return async ({ plan, check, idempotencyKey, signal, progress, sending }) => {
    const written = await writeImport(plan, check, signal, progress);
    const { file, mapping } = written;
    const what = { api, importerKey, idempotencyKey, mapping, file, fileName: plan.file.name };
    sending(0, file.size);
    const answer = await sendImport(what, signal, sending);
    if (!answer.ok) {
      const line = answer.problem.line === null ? null : written.originalLine(answer.problem.line);
      return failed({ ...answer.problem, line });
    }
    const errors = answer.value.errors.map((error) => ({ ...error, line: written.originalLine(error.line) }));
    return { ok: true, value: { imported: answer.value.validRows, outcome: { ...answer.value, errors } } };
  };
}

/** Gives the rows to the page. What the page throws is its own, so it is reported as such and not swallowed. */
export function deliverToPage(take: TakeRows): Delivery {
  return async ({ plan, check, signal, progress }) => {
    const rows = await collectRows(plan, check, signal, progress);
    signal.throwIfAborted();
    try {
      await take(rows, { fileName: plan.file.name });
      return { ok: true, value: { imported: rows.length, outcome: null } };
    } catch (error) {
      reportError(error);
      return failed(ownProblem('callback_failed'));
    }
  };
}
