import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { Answer } from '../api/answer';
import { AdminElement } from './admin-element';
import { chart } from './chart';
import { chartStyles } from './chart.styles';
import { type Amounts, countOf, type Figures, readFigures } from './read-figures';

/** Revenue and use as numbers of now and as charts, as far back as was written down. */
export class AdminFigures extends AdminElement {
  static override styles = [AdminElement.styles, chartStyles];

  @state() private by: 'day' | 'month' = 'day';
  @state() private answer: Answer<Figures> | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  protected override render(): TemplateResult {
    const { answer } = this;
    if (answer === null) {
      return html`<section class="card">${this.skeleton()}</section>`;
    }
    if (!answer.ok) {
      return this.refusal(answer.problem, () => void this.load());
    }
    return html`<div class="cards">${this.now(answer.value)} ${this.range()} ${this.charts(answer.value)}</div>`;
  }

  private now(figures: Figures): TemplateResult {
    const tile = (name: string, value: unknown, beside: unknown = nothing) =>
      html`<div>
        <dt>${name}</dt>
        <dd><span class="big number">${value}</span> ${beside}</dd>
      </div>`;
    const atRisk = this.money(figures.atRisk);
    const risk =
      figures.atRisk.size > 0 ? html`<span class="small muted">${atRisk} ${this.words.atRisk}</span>` : nothing;
    return html`<section class="card stack" aria-labelledby="now">
      <h2 id="now">${this.words.now}</h2>
      <dl class="tiles">
        ${tile(this.words.mrr, this.money(figures.revenue), risk)}
        ${tile(this.words.subscriptions, this.format.number(figures.subscriptions))}
        ${tile(this.words.seatsPaid, this.format.number(figures.seats))}
        ${tile(this.words.openFailures, this.format.number(figures.openFailures))}
      </dl>
      ${figures.unpriced > 0
        ? html`<p class="note warn">${this.words.unpriced(figures.unpriced, this.format)}</p>`
        : nothing}
      <h3>${this.words.tiers}</h3>
      <dl class="tiles">${figures.tiers.map((tier) => tile(tier.name, this.format.number(tier.accounts)))}</dl>
      <p class="muted small">${this.words.mrrIs}</p>
    </section>`;
  }

  private range(): TemplateResult {
    const one = (by: 'day' | 'month', name: string) =>
      html`<label>
        <input type="radio" name="by" .checked=${this.by === by} @change=${() => this.choose(by)} />${name}
      </label>`;
    return html`<fieldset class="choice">
      <legend class="unseen">${this.words.range}</legend>
      ${one('day', this.words.byDay)} ${one('month', this.words.byMonth)}
    </fieldset>`;
  }

  private charts({ series, plans, meters }: Figures): TemplateResult {
    const first = series[0];
    if (first === undefined) {
      return html`<p class="muted">${this.words.noHistory}</p>`;
    }
    const dates = series.map((point) => this.date(point.date));
    const show = (value: number) => this.format.number(value);
    const sold = plans.filter((plan) => series.some((point) => countOf(point.plans, plan.id) > 0));
    const failures = [
      { name: this.words.began, values: series.map((point) => point.failed) },
      { name: this.words.recovered, values: series.map((point) => point.recovered) },
      { name: this.words.lost, values: series.map((point) => point.lost) },
    ];
    const currencies = [...new Set(series.flatMap((point) => [...point.revenue.keys()]))];
    return html`<p class="muted small">${this.words.historyFrom(this.date(first.date))}</p>
      <div class="charts">
        ${currencies.map((currency) =>
          chart({
            name: this.words.mrr,
            dates,
            lines: [{ name: currency.toUpperCase(), values: series.map((point) => point.revenue.get(currency) ?? 0) }],
            show: (value) => this.format.money(value, currency),
            words: this.words,
          }),
        )}
        ${chart({
          name: this.words.seatsPaid,
          dates,
          lines: [{ name: this.words.seatsPaid, values: series.map((point) => point.seats) }],
          show,
          words: this.words,
        })}
        ${chart({
          name: this.words.plans,
          dates,
          lines: sold.map(({ id, name }) => ({ name, values: series.map((point) => countOf(point.plans, id)) })),
          show,
          words: this.words,
        })}
        ${chart({ name: this.words.failures, dates, lines: failures, show, words: this.words })}
        ${chart({
          name: this.words.usage,
          dates,
          lines: meters.map(({ id, name }) => ({ name, values: series.map((point) => countOf(point.usage, id)) })),
          show,
          words: this.words,
        })}
      </div>`;
  }

  private money(amounts: Amounts): string {
    const shown = [...amounts].map(([currency, minor]) => this.format.money(minor, currency));
    return shown.length === 0 ? this.words.none : shown.join(' + ');
  }

  /** "21 Nov 2026", or "Nov 2026": a date of the server's, in UTC. */
  private date(date: string): string {
    const day = this.by === 'day' ? { day: 'numeric' as const } : {};
    const style = { ...day, month: 'short', year: 'numeric', timeZone: 'UTC' } as const;
    return new Intl.DateTimeFormat(this.format.locale, style).format(new Date(`${date}T00:00:00Z`));
  }

  private choose(by: 'day' | 'month'): void {
    this.by = by;
    void this.load();
  }

  private async load(): Promise<void> {
    const { by } = this;
    this.answer = null;
    const answer = await readFigures(`${this.endpoint}/figures?by=${by}`);
    // the other range may have been chosen meanwhile
    if (by === this.by) {
      this.answer = answer;
    }
  }
}
