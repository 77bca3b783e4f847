import { html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { AdminElement } from './admin-element';
import { Listing } from './listing';
import { type AccountRow, readAccounts } from './read-admin';

/** Every account, and the way to find one. */
export class AdminAccounts extends AdminElement {
  /** Where an account is shown; its id is put behind it. */
  @property({ attribute: 'account-page' }) accountPage = '/admin/account?account=';

  private search = '';
  private withoutEnd = false;
  private readonly accounts = new Listing(this, (next) =>
    readAccounts(`${this.endpoint}/accounts?${new URLSearchParams(this.asked())}&${next ?? ''}`),
  );

  protected override render(): TemplateResult {
    const { accounts } = this;
    const count = accounts.isLoaded && !accounts.busy ? this.words.shown(accounts.items.length, this.format) : '';
    return html`<section class="card stack" aria-label=${this.words.accounts}>
      <form class="ask" role="search" @submit=${this.find}>
        <label class="field wide">
          <span>${this.words.search}</span>
          <span class="hint">${this.words.searchHint}</span>
          <input name="search" type="search" autocomplete="off" spellcheck="false" />
        </label>
        <label class="row small">
          <input name="without-end" type="checkbox" />
          <span>${this.words.onlyWithoutEnd}</span>
        </label>
        <button class="button" type="submit">${this.words.find}</button>
      </form>
      <p class="muted small" role="status">${count}</p>
      ${this.list(accounts, (row) => this.row(row), this.words.noAccounts)}
    </section>`;
  }

  private row(row: AccountRow): TemplateResult {
    return html`<div class="row between">
      <div class="words">
        <a class="link" href=${this.accountPage + encodeURIComponent(row.account)}>${row.name}</a>
        <span class="muted small">${row.account} · ${row.email}</span>
      </div>
      <div class="row">
        ${row.alerts > 0 ? html`<span class="tag bad">${this.words.alerts(row.alerts, this.format)}</span>` : nothing}
        ${row.status && row.status !== 'active' ? html`<span class="tag warn">${row.status}</span>` : nothing}
        ${row.isOverridden ? html`<span class="tag plain">${this.override(row)}</span>` : nothing}
        ${row.seats
          ? html`<span class="small number muted">${this.words.seats(row.seats, this.format)}</span>`
          : nothing}
        <span class="tag">${row.tier}</span>
      </div>
    </div>`;
  }

  private override(row: AccountRow): string {
    return row.overrideUntil ? this.words.override : `${this.words.override} ${this.words.withoutEnd}`;
  }

  private asked(): Record<string, string> {
    return this.withoutEnd ? { without_end: 'true' } : { search: this.search };
  }

  private readonly find = (event: Event): void => {
    event.preventDefault();
    this.withoutEnd = this.renderRoot.querySelector<HTMLInputElement>('[name="without-end"]')?.checked ?? false;
    this.search = this.renderRoot.querySelector<HTMLInputElement>('[name="search"]')?.value.trim() ?? '';
    void this.accounts.reload();
  };
}
