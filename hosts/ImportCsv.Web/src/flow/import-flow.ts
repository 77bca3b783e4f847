import { type Answer, failed, ownProblem, type Problem } from '../api/answer';
import type { ImporterConfig } from '../api/config';
import { CsvFault } from '../csv/csv-fault';
import { inspectCsv, type Progress, type Wish } from '../csv/inspect-csv';
import { remap } from '../mapping/guess-mapping';
import type { Notation } from '../notation/notation';
import { type Attempt, attemptFor } from './attempt';
import { checkRows, type FaultyRow } from './check-rows';
import type { Delivery, Receipt } from './delivery';
import { planOf, proposeMatching, rowsOf, unmatched } from './matching';
import type { Done, Matching, Reviewing, Step, Task } from './step';

/** What the flow needs from the element around it. */
export interface FlowHost {
  stepChanged(): void;
  emit(event: string, detail: unknown): void;
  /** How the reader writes dates and numbers. */
  readonly notation: Notation;
  /** Where the rows go: to the server, or to the page. */
  readonly delivery: Delivery;
}

const anyNumber = 1e15;

/** Leads from the config over file, columns and check to the import. All that takes time can be canceled. */
export class ImportFlow {
  step: Step = { kind: 'loading' };
  config: ImporterConfig | null = null;
  private running = new AbortController();
  private matched: Matching | null = null;
  private reviewed: Reviewing | null = null;
  private attempt: Attempt | null = null;

  constructor(private readonly host: FlowHost) {}

  /** Begins anew with the config that `load` brings; an answer that comes after the next start is dropped. */
  async start(load: (signal: AbortSignal) => Promise<Answer<ImporterConfig>>): Promise<void> {
    const { signal } = this.restart();
    this.config = null;
    this.go({ kind: 'loading' });
    const answer = await load(signal).catch(() => failed(ownProblem('unreachable')));
    if (signal.aborted) {
      return;
    }
    if (!answer.ok) {
      this.fail(answer.problem, (problem) => ({ kind: 'unavailable', problem }));
      return;
    }
    this.config = answer.value;
    this.host.emit('csv-ready', { columns: answer.value.columns.map(({ key, label }) => ({ key, label })) });
    const { canImport, isPaused, importsMax: limit, resetsAt, upgradeUrl } = answer.value;
    if (canImport) {
      this.pickAgain();
    } else {
      const problem = isPaused
        ? ownProblem('payment_required', { upgradeUrl })
        : ownProblem('import_limit_reached', { limit, resetsAt, upgradeUrl });
      this.fail(problem, () => ({ kind: 'unavailable', problem }));
    }
  }

  pickAgain(): void {
    this.restart();
    this.matched = null;
    this.go({ kind: 'pick', problem: null });
  }

  async pick(files: readonly File[]): Promise<void> {
    const file = files[0];
    if (!file || !this.config) {
      return;
    }
    if (files.length > 1) {
      this.fail(ownProblem('several_files'), (problem) => ({ kind: 'pick', problem }));
      return;
    }
    const { delimiter } = this.config;
    await this.read(file, delimiter ? { delimiter } : {}, true);
  }

  /** Reads the file once more, as the reader says. */
  async readAgain(wish: Wish): Promise<void> {
    const { matched } = this;
    if (matched) {
      const { reading, doubt } = matched.inspection;
      const known = doubt.length > 0 ? { encoding: reading.encoding } : reading;
      await this.read(matched.file, { ...known, ...wish }, matched.hasHeader);
    }
  }

  nameColumns(hasHeader: boolean): void {
    const { matched, config } = this;
    if (matched && config) {
      const proposed = proposeMatching(matched.file, matched.inspection, config.columns, hasHeader);
      this.match({ ...proposed, choices: matched.choices });
    }
  }

  map(column: number, source: number | null): void {
    if (this.matched) {
      const doubts = this.matched.doubts.map((held, index) => (index === column ? [] : held));
      this.match({ ...this.matched, mapping: remap(this.matched.mapping, column, source), doubts, refusal: null });
    }
  }

  /** Reads a column of the file as the reader says, where its values leave that open. */
  readColumn(source: number, choice: Partial<Notation>): void {
    if (this.matched) {
      const { choices } = this.matched;
      this.match({ ...this.matched, choices: { ...choices, [source]: { ...choices[source], ...choice } } });
    }
  }

  backToMatching(): void {
    if (this.matched) {
      this.restart();
      this.match(this.matched);
    }
  }

  async check(): Promise<void> {
    const { matched, config } = this;
    if (!matched || !config) {
      return;
    }
    const missing = unmatched(matched, config.columns);
    if (missing.length > 0 || matched.inspection.doubt.length > 0) {
      this.match({ ...matched, refusal: { missing } });
      return;
    }
    const plan = planOf(matched, config.columns, this.host.notation);
    const first = matched.inspection.head[0]?.fields ?? [];
    this.host.emit('csv-mapped', {
      mapping: Object.fromEntries(
        plan.columns.map(({ key }, index) => [key, nameOf(first, plan.mapping[index] ?? null, plan.hasHeader)]),
      ),
      rows: rowsOf(matched),
    });
    await this.work(plan.file, 'checking', async (signal, progress) => {
      const check = await checkRows(plan, signal, progress);
      this.reviewed = { kind: 'review', plan, check };
      return this.reviewed;
    });
  }

  /** Takes what was typed for a value, and draws what is still wrong. */
  correct(faulty: FaultyRow, column: number, value: string): void {
    if (this.reviewed && faulty.values[column] !== value) {
      this.reviewed.check.correct(faulty, column, value);
      this.host.stepChanged();
    }
  }

  backToReview(): void {
    if (this.reviewed) {
      this.restart();
      this.go(this.reviewed);
    }
  }

  /** Delivers the rows that are sound. The same rows, after a failure, are the same import. */
  async send(): Promise<void> {
    const { reviewed } = this;
    if (!reviewed || reviewed.check.sound === 0) {
      return;
    }
    const { plan, check } = reviewed;
    const leftOut = check.rows - check.sound;
    const { idempotencyKey } = (this.attempt = attemptFor(plan, check, this.attempt));
    await this.work(plan.file, 'writing', async (signal, progress) => {
      const sending = (done: number, total: number) => this.report('sending', plan.file, done, total);
      const receipt = await this.host.delivery({ plan, check, idempotencyKey, signal, progress, sending });
      return signal.aborted ? reviewed : this.conclude(receipt, leftOut);
    });
  }

  cancel(): void {
    const { step } = this;
    if (step.kind === 'working' && step.task === 'reading') {
      this.pickAgain();
    } else if (step.kind === 'working' && step.task === 'checking') {
      this.backToMatching();
    } else {
      this.backToReview();
    }
  }

  /** Stops whatever runs. */
  stop(): void {
    this.running.abort();
  }

  private conclude(receipt: Answer<Receipt>, leftOut: number): Step {
    if (!receipt.ok) {
      const { problem } = receipt;
      this.host.emit('csv-error', problem);
      this.attempt = isFinal(problem) ? null : this.attempt;
      return { kind: 'refused', problem, canRetry: !isFinal(problem) };
    }
    this.attempt = null;
    const { imported, outcome } = receipt.value;
    const done: Done = { kind: 'done', imported, leftOut, outcome };
    this.host.emit('csv-complete', { imported, leftOut, ...(outcome ?? {}) });
    return done;
  }

  private async read(file: File, wish: Wish, hasHeader: boolean): Promise<void> {
    const { columns, rowsMax } = this.config!;
    await this.work(file, 'reading', async (signal, progress) => {
      const inspection = await inspectCsv(file, wish, (rowsMax ?? anyNumber) + 1, signal, progress);
      this.matched = proposeMatching(file, inspection, columns, hasHeader);
      return this.matched;
    });
  }

  private async work(
    file: File,
    task: Task,
    act: (signal: AbortSignal, progress: Progress) => Promise<Step>,
  ): Promise<void> {
    const { signal } = this.restart();
    this.go({ kind: 'working', task, fileName: file.name, done: 0, total: file.size });
    try {
      const next = await act(signal, (bytes) => !signal.aborted && this.report(task, file, bytes, file.size));
      if (!signal.aborted) {
        this.go(next);
      }
    } catch (error) {
      if (signal.aborted) {
        // canceled: whoever did it has gone on already
        return;
      }
      if (!(error instanceof CsvFault)) {
        throw error;
      }
      this.fail(this.faultOf(error), (problem) => ({ kind: 'pick', problem }));
    }
  }

  private faultOf({ code, line }: CsvFault): Problem {
    const { rowsMax: limit, upgradeUrl } = this.config!;
    return ownProblem(code, code === 'row_limit_exceeded' ? { limit, upgradeUrl } : { line });
  }

  private report(task: Task, file: File, done: number, total: number): void {
    this.host.emit('csv-progress', { task, done, total });
    this.go({ kind: 'working', task, fileName: file.name, done, total });
  }

  private match(matched: Matching): void {
    this.matched = matched;
    this.go(matched);
  }

  private fail(problem: Problem, next: (problem: Problem) => Step): void {
    this.host.emit('csv-error', problem);
    this.go(next(problem));
  }

  private go(step: Step): void {
    this.step = step;
    this.host.stepChanged();
  }

  private restart(): AbortController {
    this.running.abort();
    this.running = new AbortController();
    return this.running;
  }
}

/** What trying again cannot change. */
function isFinal({ status }: Problem): boolean {
  return [400, 402, 403, 404, 413, 415, 422].includes(status);
}

function nameOf(first: readonly string[], source: number | null, hasHeader: boolean): string | null {
  return source === null ? null : hasHeader ? (first[source] ?? '') : `#${source}`;
}
