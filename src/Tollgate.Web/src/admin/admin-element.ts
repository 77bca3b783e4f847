import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { Problem } from '../api/answer';
import { usualApi } from '../api/host-path';
import type { Done } from './act.component';
import { AdminWordedElement } from './admin-worded-element';
import type { Listing } from './listing';

/** What the administration's components have in common: where their API is, lists, and times in UTC. */
export abstract class AdminElement extends AdminWordedElement {
  /** Path of the administration's API. A trailing slash is ignored. */
  @property() override api = `${usualApi}/admin`;

  /** What was done last. It outlives the row that it was done to. */
  @state() private said = '';

  /** Where `did` says it. */
  protected saidLine(): TemplateResult {
    return html`<p id="said" role="status" tabindex="-1" class=${this.said ? 'note' : 'unseen'}>${this.said}</p>`;
  }

  /** Says what was done, there where the reader is led to, and reads the list again. */
  protected async did<T, R>(event: Event, listing: Listing<T, R>): Promise<void> {
    this.said = (event as Done).detail;
    await listing.reload();
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('#said')?.focus();
  }

  /** "21 Nov 2026, 09:00:12", in UTC like everything that the server says. */
  protected time(at: Date): TemplateResult {
    return html`<time class="number" datetime=${at.toISOString()}>${this.moment(at)}</time>`;
  }

  protected moment(at: Date): string {
    const style = { dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23', timeZone: 'UTC' } as const;
    return new Intl.DateTimeFormat(this.format.locale, style).format(at);
  }

  /** The list, or that it is loading, empty or failed; below it the way to the next page. */
  protected list<T, R>(
    listing: Listing<T, R>,
    item: (item: T) => TemplateResult,
    empty: string,
    more: string = this.words.more,
  ): TemplateResult {
    const rows = listing.items.map((one) => html`<li>${item(one)}</li>`);
    const none = listing.isLoaded && rows.length === 0 ? html`<p class="muted">${empty}</p>` : nothing;
    return html`${rows.length > 0 ? html`<ul class="rows">${rows}</ul>` : none}
    ${listing.problem ? this.refusal(listing.problem, () => void listing.reload()) : nothing}
    ${listing.busy && !listing.isLoaded ? this.skeleton() : nothing} ${this.moreOf(listing, more)}`;
  }

  protected refusal(problem: Problem, again: () => void): TemplateResult {
    const said = problem.status === 403 ? { ...problem, detail: this.words.notAllowed } : problem;
    return this.problemNote(said, again);
  }

  protected skeleton(): TemplateResult {
    return html`<div class="stack" aria-busy="true">
      <span class="unseen">${this.say.loading}</span>
      ${[1, 2, 3].map(() => html`<div class="bone" aria-hidden="true"></div>`)}
    </div>`;
  }

  private moreOf<T, R>(listing: Listing<T, R>, more: string): TemplateResult | typeof nothing {
    if (listing.next === null) {
      return nothing;
    }
    return html`<div>
      <button
        class="button quiet"
        type="button"
        aria-disabled=${listing.busy ? 'true' : 'false'}
        @click=${() => listing.busy || void listing.more()}
      >
        ${listing.busy ? this.words.loadingMore : more}
      </button>
    </div>`;
  }
}
