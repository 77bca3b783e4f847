import { html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { FeedController, statusFeed } from '../api/feed';
import { LiveController } from '../api/live';
import { canBeChanged, type Status } from '../api/status';
import { TollgateElement } from '../look/tollgate-element';
import { billingBannerStyles } from './billing-banner.styles';
import { type Banner, bannerNote, bannersOf } from './banners';

/**
 * What an account should know on every page, and what to do about it: a failed payment, with the days that are left; an
 * end that is set; a trial in its last week; more people than seats; billing switched off. It takes no room while
 * all is well, and while that is not known.
 */
export class BillingBanner extends TollgateElement {
  static override styles = [TollgateElement.styles, billingBannerStyles];

  /** Where seats are added. */
  @property({ attribute: 'settings-url' }) settingsUrl = '/settings/billing';

  /** Whether there is something to say; set by the component, for a host's styles. */
  @property({ type: Boolean, reflect: true }) open = false;

  private readonly feed = new FeedController(this, () => statusFeed(this.endpoint));

  constructor() {
    super();
    new LiveController(this, () => this.endpoint);
  }

  protected override willUpdate(): void {
    const answer = this.feed.current;
    this.open = answer?.ok === true && bannersOf(answer.value, this.say, this.format).length > 0;
  }

  protected override render(): TemplateResult {
    const answer = this.feed.current;
    const banners = answer?.ok ? bannersOf(answer.value, this.say, this.format) : [];
    const notes = answer?.ok ? banners.map((banner) => bannerNote(banner, this.next(banner, answer.value))) : nothing;
    return html`<div class=${this.open ? 'stack' : ''} role="status">${notes}</div>`;
  }

  private next(banner: Banner, status: Status): TemplateResult | typeof nothing {
    if (banner.portal !== undefined) {
      const isDue = banner.kind === 'past-due' || banner.kind === 'unpaid';
      return html`<tg-portal .api=${this.api} .label=${banner.portal} ?primary=${isDue}></tg-portal>`;
    }
    return banner.kind === 'over-seats' && canBeChanged(status)
      ? html`<a class="button quiet" href=${this.settingsUrl}>${this.say.addSeats}</a>`
      : nothing;
  }
}
