import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { Problem } from '../api/answer';
import { AdminElement } from './admin-element';
import { alertList } from './alerts';
import { Listing } from './listing';
import { act, type Drift, type DriftRun, type Finding, readDrift } from './read-admin';

const pollAfterMs = 2_000;
const pollsMax = 300;

/** Where accounts differ from Stripe: the reconciles, what one of them found, and the alerts that are open. */
export class AdminDrift extends AdminElement {
  @state() private outcome = '';
  @state() private problem: Problem | null = null;

  private run = '';
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly findings = new Listing(this, (next) =>
    readDrift(`${this.endpoint}/drift?${this.run && `run=${this.run}`}&${next ?? ''}`),
  );

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  protected override render(): TemplateResult {
    const drift = this.findings.rest;
    return html`<div class="cards">
      <section class="card stack" aria-labelledby="runs">
        <div class="row between">
          <h2 id="runs">${this.words.runs}</h2>
          <button class="button quiet" type="button" @click=${this.runDry}>${this.words.runDry}</button>
        </div>
        <p class="muted small" role="status">${this.outcome || this.words.runStarted}</p>
        ${this.problem ? this.refusal(this.problem, () => void this.runDry()) : nothing}
        ${drift ? this.runs(drift) : nothing}
      </section>
      <section class="card stack" aria-labelledby="findings">
        <h2 id="findings">${this.words.findings(drift?.run ?? '-')}</h2>
        ${this.list(this.findings, (finding) => this.finding(finding), this.words.noFindings)}
      </section>
      ${drift ? this.alerts(drift) : nothing}
    </div>`;
  }

  private runs({ runs, run }: Drift): TemplateResult {
    if (runs.length === 0) {
      return html`<p class="muted">${this.words.noRuns}</p>`;
    }
    return html`<ul class="rows">
      ${runs.map((one) => html`<li class="row between">${this.runRow(one, one.id === run)}</li>`)}
    </ul>`;
  }

  private runRow(run: DriftRun, isShown: boolean): TemplateResult {
    return html`<div class="words">
        <span><b class="number">${run.id}</b> · ${this.time(run.startedAt)}</span>
        <span class="muted small">${this.words.compared(run.accountsCompared, run.repaired, this.format)}</span>
      </div>
      <div class="row">
        ${run.isDry ? html`<span class="tag plain">${this.words.dryRun}</span>` : nothing}
        ${run.finishedAt === null ? html`<span class="tag warn">${this.words.running}</span>` : nothing}
        <button
          class="link small"
          type="button"
          aria-pressed=${isShown ? 'true' : 'false'}
          aria-label=${this.words.showRun(run.id)}
          @click=${() => this.show(run.id)}
        >
          ${this.words.show}
        </button>
      </div>`;
  }

  private finding(finding: Finding): TemplateResult {
    return html`<div class="row between">
      <div class="words">
        <b>${finding.account ?? finding.subject}</b>
        <span class="muted small">${finding.change ?? finding.subject}</span>
      </div>
      <span class="tag warn">${finding.kind}</span>
    </div>`;
  }

  private alerts({ alerts }: Drift): TemplateResult {
    return html`<section class="card stack" aria-labelledby="alerts">
      <h2 id="alerts">${this.words.openAlerts}</h2>
      ${alerts.length > 0
        ? alertList(alerts, (at) => this.time(at))
        : html`<p class="muted">${this.words.noAlerts}</p>`}
    </section>`;
  }

  private show(run: string): void {
    this.run = run;
    void this.findings.reload();
  }

  private readonly runDry = async (): Promise<void> => {
    const latest = this.findings.rest?.runs[0]?.id;
    const answer = await act(`${this.endpoint}/drift`, {});
    this.problem = answer.ok ? null : answer.problem;
    if (answer.ok) {
      this.outcome = answer.value === 'started' ? this.words.runStarted : this.words.runUnderWay;
      this.run = '';
      await this.follow(answer.value === 'started' ? latest : undefined, pollsMax);
    }
  };

  /** Polls until a newer run than `latest` has ended, or the page is left. */
  private async follow(latest: string | undefined, polls: number): Promise<void> {
    clearTimeout(this.timer);
    await this.findings.reload();
    const newest = this.findings.rest?.runs[0];
    const hasEnded = newest !== undefined && newest.id !== latest && newest.finishedAt !== null;
    if (this.isConnected && !hasEnded && polls > 1) {
      this.timer = setTimeout(() => void this.follow(latest, polls - 1), pollAfterMs);
    }
  }
}
