import { html, nothing, type TemplateResult } from 'lit';
import { type Interval, type Plan, type Plans, type Price, priceOf, yearlySaving } from '../api/plans';
import { isSubscribed, type Status } from '../api/status';
import type { ChangeController } from '../change/change';
import { check } from '../look/icons';
import type { SeatsChange } from '../seat-editor/seat-editor.component';
import type { Messages } from '../text/en';
import { type Format, percent, shortDate } from '../text/format';

/** All that the table's parts are drawn from. */
export interface Table {
  readonly say: Messages;
  readonly format: Format;
  readonly plans: Plans;
  readonly status: Status;
  readonly interval: Interval;
  readonly chosen: string;
  readonly seats: number;
  readonly seatsValid: boolean;
  readonly canBuy: boolean;
  /** The caller has a subscription that can be changed, instead of bought. */
  readonly canChange: boolean;
  readonly change: ChangeController;
  /** The change that is asked for, drawn. */
  readonly changing: TemplateResult | typeof nothing;
  readonly busy: boolean;
  readonly refusal: TemplateResult | typeof nothing;
  readonly onSeats: (event: SeatsChange) => void;
  readonly onAction: (plan: Plan, event: MouseEvent) => void;
}

type Part = TemplateResult | typeof nothing;

export function skeleton(say: Messages): TemplateResult {
  const bone = html`<div class="card plan" aria-hidden="true">
    <div class="bone short"></div>
    <div class="bone tall"></div>
    <div class="bones">${[1, 2, 3, 4].map(() => html`<div class="bone"></div>`)}</div>
    <div class="bone foot"></div>
  </div>`;
  return html`<div class="plans" aria-busy="true">
    <span class="unseen">${say.loading}</span>
    ${bone}${bone}${bone}
  </div>`;
}

export function intervalSwitch(
  say: Messages,
  format: Format,
  plans: Plans,
  interval: Interval,
  off: boolean,
  onSwitch: (interval: Interval) => void,
): Part {
  const prices = plans.plans.flatMap((plan) => plan.prices);
  if (new Set(prices.map((price) => price.interval)).size < 2) {
    return nothing;
  }
  const percents = plans.plans.flatMap((plan) => yearlySaving(plan)?.percent ?? []);
  const most = Math.max(0, ...percents);
  const saving = percent(format, most);
  const same = percents.every((each) => each === most);
  const option = (value: Interval, name: string, extra: Part) =>
    html`<label>
      <input
        type="radio"
        name="interval"
        value=${value}
        .checked=${interval === value}
        ?disabled=${off}
        @change=${() => onSwitch(value)}
      /><span>${name}${extra}</span>
    </label>`;
  const extra = most > 0 ? html`<i>${same ? say.save(saving) : say.saveUpTo(saving)}</i>` : nothing;
  return html`<fieldset class="switch">
    <legend class="unseen">${say.billed}</legend>
    ${option('month', say.monthly, nothing)}${option('year', say.annual, extra)}
  </fieldset>`;
}

/** What a caller who cannot buy is told, and where to go instead. */
export function notice({ say, format, status }: Table, settingsUrl: string): Part {
  if (!status.billingEnabled) {
    return html`<div class="note"><p>${say.billingOff}</p></div>`;
  }
  if (isSubscribed(status)) {
    const isPaymentOutstanding = status.kind !== 'paid';
    return html`<div class=${isPaymentOutstanding ? 'note warn' : 'note'}>
      <p>${isPaymentOutstanding ? say.closedUntilPaid : say.alreadyOn(status.tierName)}</p>
      <a class="link" href=${settingsUrl}>${say.seeYourBilling}</a>
    </div>`;
  }
  return status.kind === 'paid' && status.periodEnd
    ? html`<div class="note"><p>${say.endedPlan(status.tierName, shortDate(format, status.periodEnd))}</p></div>`
    : nothing;
}

export function planCard(table: Table, plan: Plan): TemplateResult {
  const { say, format, interval, canBuy } = table;
  const price = priceOf(plan, interval);
  const open = canBuy ? plan.id === table.chosen : isRequested(table, price);
  const saving = interval === 'year' ? yearlySaving(plan) : null;
  const trial = trialOf(table, plan);
  const save = sellsSeats(table) ? say.savePerSeat : say.saveAmount;
  const saved = saving && price ? save(format.price(saving.amount, price.currency)) : null;
  const tag = trial === null ? saved : say.trialTag(trial, format);
  return html`<article class=${open ? 'card plan open' : 'card plan'} aria-label=${plan.name}>
    <div class="row between">
      <h2 class="name">${plan.name}</h2>
      ${tag === null ? nothing : html`<span class="tag">${tag}</span>`}
    </div>
    ${priceLine(table, plan, price)}
    <ul aria-label=${say.included(plan.name)}>
      ${plan.highlights.map((highlight) => html`<li>${check}<span>${highlight}</span></li>`)}
    </ul>
    <div class="foot">${foot(table, plan, price, open)}</div>
  </article>`;
}

export function enterprise({ say, status }: Table, plan: Plan, contactUrl: string): TemplateResult {
  const link = contactUrl ? html`<a class="button quiet" href=${contactUrl}>${say.talkToUs}</a>` : nothing;
  return html`<section class="card row between contact" aria-label=${plan.name}>
    <div>
      <h2>${plan.name}</h2>
      <p class="muted">${plan.highlights.join(' \u00b7 ')}</p>
    </div>
    ${status.tier === plan.id ? html`<span class="current">${say.yourPlan}</span>` : link}
  </section>`;
}

/** Where nobody buys more than one, nothing is said of seats. */
function sellsSeats({ plans }: Table): boolean {
  return plans.seats.maximum > 1;
}

function priceLine(table: Table, plan: Plan, price: Price | null): TemplateResult {
  const { say, format, plans, interval } = table;
  if (plan.prices.length === 0) {
    return amount(format.price(0, plans.currency), say.noCardNeeded);
  }
  if (price === null) {
    return html`<p class="price muted small">${interval === 'month' ? say.soldYearly : say.soldMonthly}</p>`;
  }
  const yearly = price.interval === 'year';
  const shown = format.price(yearly ? Math.round(price.unitAmount / 12) : price.unitAmount, price.currency);
  const [month, year] = sellsSeats(table)
    ? [say.perSeatMonth, say.perSeatMonthBilledYearly]
    : [say.perMonth, say.perMonthBilledYearly];
  return amount(shown, yearly ? year(format.price(price.unitAmount, price.currency)) : month);
}

function amount(shown: string, per: string): TemplateResult {
  return html`<p class="price number">
    <strong>${shown}</strong>
    <span class="muted small">${per}</span>
  </p>`;
}

function foot(table: Table, plan: Plan, price: Price | null, open: boolean): Part {
  const { say, canBuy, busy } = table;
  const ended = table.status.kind === 'paid' && canBuy;
  if (plan.id === table.status.tier && !ended) {
    const { addOns } = table.status.kind === 'paid' ? table.status : { addOns: [] };
    const held = addOns.map(({ name }) => html`<li>${check}<span>${name}</span></li>`);
    return html`${held.length > 0 ? html`<ul>${held}</ul>` : nothing}
      <p class="current">${say.yourPlan}</p>`;
  }
  if (table.canChange && price !== null) {
    return planChange(table, plan, price);
  }
  if (!canBuy || price === null) {
    return nothing;
  }
  const off = busy || (open && !table.seatsValid);
  const label = open ? say.upgradeTo(plan.name) : say.choose(plan.name);
  return html`${open ? bill(table, price, trialOf(table, plan)) : nothing} ${open ? table.refusal : nothing}
    <button
      class=${open ? 'button' : 'button quiet'}
      type="button"
      aria-disabled=${off ? 'true' : 'false'}
      @click=${(event: MouseEvent) => table.onAction(plan, event)}
    >
      ${open && busy ? html`<span class="spinner" aria-hidden="true"></span>${say.openingCheckout}` : label}
    </button>`;
}

function isRequested({ change: { requested } }: Table, price: Price | null): boolean {
  return price !== null && requested !== null && 'priceId' in requested && requested.priceId === price.id;
}

/** On a subscriber's card of another plan: what it would cost, and the change to it. */
function planChange(table: Table, plan: Plan, price: Price): TemplateResult {
  const { say, change } = table;
  const requested = isRequested(table, price);
  if (requested && change.phase === 'done') {
    const { arrangedFor } = change;
    const now = table.status.now ?? new Date();
    const done = arrangedFor ? say.arrangedFor(table.format.day(arrangedFor, now)) : say.nowOn(plan.name);
    return html`<div class="note" role="status"><p>${done}</p></div>`;
  }
  const asking = requested && change.busy;
  const ask = () => change.busy || void change.preview({ priceId: price.id });
  const button = html`<button
    class="button quiet"
    type="button"
    aria-disabled=${change.busy ? 'true' : 'false'}
    @click=${ask}
  >
    ${asking ? html`<span class="spinner" aria-hidden="true"></span>${say.askingPrice}` : say.changeTo(plan.name)}
  </button>`;
  return html`${requested ? table.changing : nothing} ${requested && change.quote ? nothing : button}`;
}

/** Days for nothing, for who may buy; whether this account had them before is Checkout's to say. */
function trialOf({ canBuy, status }: Table, plan: Plan): number | null {
  return canBuy && status.kind !== 'paid' ? plan.trialDays : null;
}

function bill(table: Table, price: Price, trial: number | null): TemplateResult {
  const { say, format, plans, seats, seatsValid, busy, onSeats } = table;
  const yearly = price.interval === 'year';
  const then = yearly ? say.everyYear : say.everyMonth;
  const now = yearly ? say.todayThenYearly : say.todayThenMonthly;
  const total = seatsValid ? format.money(price.unitAmount * seats, price.currency) : '\u2013';
  const editor = html`<tg-seat-editor
    .value=${seats}
    .minimum=${plans.seats.minimum}
    .maximum=${plans.seats.maximum}
    .inUse=${plans.seats.inUse}
    .holder=${plans.seats.holder}
    .disabled=${busy}
    @tg-seats-change=${onSeats}
  ></tg-seat-editor>`;
  return html`${sellsSeats(table) ? editor : nothing}
    ${trial === null ? nothing : html`<p class="muted small">${say.trialFirst(trial, format)}</p>`}
    <p class="row between total">
      <span class="muted">${trial === null ? now : then}</span>
      <output class="number">${total}</output>
    </p>`;
}
