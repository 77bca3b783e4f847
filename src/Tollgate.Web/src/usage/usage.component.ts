import { html, type TemplateResult } from 'lit';
import { FeedController, statusFeed } from '../api/feed';
import type { Status } from '../api/status';
import { SteadyHeight } from '../look/steady-height';
import { TollgateElement } from '../look/tollgate-element';
import { meters, metersSkeleton, resetText } from './meters';
import { usageStyles } from './usage.styles';

/**
 * How much of each limit of the plan is used, and when it starts anew.
 *
 * @slot heading - what stands beside the reset; "Usage" by default
 */
export class Usage extends TollgateElement {
  static override styles = [TollgateElement.styles, usageStyles];

  private readonly feed = new FeedController(this, () => statusFeed(this.endpoint));

  constructor() {
    super();
    new SteadyHeight(this, () => this.feed.current === null);
  }

  protected override render(): TemplateResult {
    const answer = this.feed.current;
    if (answer?.ok) {
      return this.usage(answer.value);
    }
    const body = answer ? this.problemNote(answer.problem, () => void this.feed.retry()) : metersSkeleton(this.say);
    return html`<section class="stack">${this.head('')}${body}</section>`;
  }

  private usage(status: Status): TemplateResult {
    const { say, format } = this;
    if (!status.billingEnabled) {
      return html`<section class="stack">${this.head('')}<p class="muted">${say.billingOff}</p></section>`;
    }
    if (status.limits.length === 0) {
      const why = status.kind === 'none' ? say.noPlanYet : say.nothingLimited(status.tierName);
      return html`<section class="stack">${this.head('')}<p class="muted">${why}</p></section>`;
    }
    return html`<section class="stack">
      ${this.head(resetText(status, say, format))}${meters(status, say, format)}
    </section>`;
  }

  private head(beside: string): TemplateResult {
    return html`<div class="row between">
      <slot name="heading"><h2>${this.say.usage}</h2></slot>
      <span class="muted number">${beside}</span>
    </div>`;
  }
}
