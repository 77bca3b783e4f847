import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { AdminElement } from './admin-element';
import { alertList } from './alerts';
import { Listing } from './listing';
import { act, readAccount } from './read-admin';
import type { AccountDetails, AccountRow, Override, TimelineEntry } from './read-admin';
import type { RefundOrDispute } from './read-refund-or-dispute';

/** One account: why its access is what it is, all that happened to it, and what can be done about it. */
export class AdminAccount extends AdminElement {
  /** Its id, or Stripe's id of its customer or one of its subscriptions. */
  @property() account = '';

  private readonly timeline = new Listing(this, (next) => readAccount(`${this.path}?${next ?? ''}`), false);

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('account') && this.account !== '') {
      void this.timeline.reload();
    }
  }

  protected override render(): TemplateResult {
    if (this.account === '') {
      return html`<p class="card">${this.words.noAccount}</p>`;
    }
    const details = this.timeline.rest;
    return html`<div class="cards">
      ${this.saidLine()} ${details ? this.details(details) : nothing}
      <section class="card stack timeline" aria-labelledby="timeline">
        <div>
          <h2 id="timeline">${this.words.timeline}</h2>
          <p class="muted small">${this.words.timelineHint}</p>
        </div>
        ${this.list(this.timeline, (entry) => this.entry(entry), this.words.nothing, this.words.earlier)}
      </section>
    </div>`;
  }

  private details(details: AccountDetails): TemplateResult {
    const { account, override } = details;
    return html`<section class="card stack" aria-labelledby="name">
      <div class="row between">
        <h2 id="name">${account.name}</h2>
        <span class="row">
          ${override ? html`<span class="tag plain">${this.words.override}</span>` : nothing}
          <span class="tag">${account.tier}</span>
        </span>
      </div>
      <p id="access">${details.access}</p>
      ${override
        ? html`<div class="note warn">
            <p>
              <b>${this.overridden(override)}</b>
              ${override.reason}
            </p>
          </div>`
        : nothing}
      ${this.facts(account)}
      ${details.alerts.length > 0
        ? html`<h3>${this.words.openAlerts}</h3>${alertList(details.alerts, (at) => this.time(at))}`
        : nothing}
      ${details.refundsAndDisputes.length > 0 ? this.refundsAndDisputes(details.refundsAndDisputes) : nothing}
      ${this.acts(details)}
    </section>`;
  }

  private facts(row: AccountRow): TemplateResult {
    const facts: readonly (readonly [string, unknown])[] = [
      [this.words.facts.account, html`<code>${row.account}</code>`],
      [this.words.facts.email, row.email],
      [this.words.facts.customer, row.customer && html`<code>${row.customer}</code>`],
      [this.words.facts.subscription, row.subscription && html`<code>${row.subscription}</code>`],
      [this.words.facts.status, row.status],
      [this.words.facts.seats, row.seats],
      [this.words.facts.paidThrough, row.paidThrough && this.time(row.paidThrough)],
      [this.words.facts.pastDueSince, row.pastDueSince && this.time(row.pastDueSince)],
      [this.words.facts.endsAt, row.endsAt && this.time(row.endsAt)],
    ];
    const known = facts.filter(([, value]) => value !== null);
    return html`<dl class="facts">
      ${known.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}
    </dl>`;
  }

  private refundsAndDisputes(refundsAndDisputes: readonly RefundOrDispute[]): TemplateResult {
    return html`<h3>${this.words.refundsAndDisputes}</h3>
      <ul class="rows">
        ${refundsAndDisputes.map(
          (one) => html`<li class="row between">
            <div class="words">
              <span><span class="tag plain">${one.kind}</span> ${this.format.money(one.amount, one.currency)}</span>
              <span class="muted small">${one.id}: ${[one.status, one.reason].filter(Boolean).join(', ')}</span>
            </div>
            <span class="muted small">${this.time(one.at)}</span>
          </li>`,
        )}
      </ul>`;
  }

  private acts({ override, tiers, account }: AccountDetails): TemplateResult {
    return html`<div class="acts" @tg-done=${(event: Event) => void this.did(event, this.timeline)}>
      <tg-admin-act
        label=${this.words.refreshNow}
        done=${this.words.refreshDone}
        .run=${(why: string) => this.do(account, 'refresh', { why })}
      ></tg-admin-act>
      <tg-admin-act
        label=${this.words.setTier}
        done=${this.words.tierSet}
        .run=${(why: string) => this.do(account, 'override', { ...this.chosen(), why })}
      >
        <div class="ask row">
          <label class="field">
            <span>${this.words.tier}</span>
            <select id="tier">
              ${tiers.map((tier) => html`<option value=${tier.id}>${tier.name}</option>`)}
            </select>
          </label>
          <label class="field">
            <span>${this.words.until}</span>
            <input id="until" type="datetime-local" />
          </label>
        </div>
      </tg-admin-act>
      ${override
        ? html`<tg-admin-act
            label=${this.words.takeBack}
            done=${this.words.takenBack}
            .run=${(why: string) => this.do(account, 'override/end', { why })}
          ></tg-admin-act>`
        : nothing}
    </div>`;
  }

  private entry(entry: TimelineEntry): TemplateResult {
    return html`${this.time(entry.at)} <span class=${`tag ${toneOf(entry.kind)}`}>${entry.kind}</span>
      <div class="words"><span>${entry.what}</span><span class="muted">${entry.detail}</span></div>`;
  }

  private overridden({ tier, author, until }: Override): string {
    return until === null
      ? this.words.overrideWithoutEnd(tier, author)
      : this.words.overrideOf(tier, author, this.moment(until));
  }

  /** No end is one that only some tiers may have, and the server says which. */
  private chosen(): { tier: string; until: string | null } {
    const until = this.renderRoot.querySelector<HTMLInputElement>('#until')?.value ?? '';
    const tier = this.renderRoot.querySelector<HTMLSelectElement>('#tier')?.value ?? '';
    return { tier, until: until === '' ? null : `${until}Z` };
  }

  private do(row: AccountRow, what: string, body: unknown) {
    return act(`${this.endpoint}/accounts/${encodeURIComponent(row.account)}/${what}`, body);
  }

  private get path(): string {
    return `${this.endpoint}/accounts/${encodeURIComponent(this.account)}`;
  }
}

function toneOf(kind: string): string {
  return kind === 'change' ? '' : kind === 'action' ? 'warn' : 'plain';
}
