import { html, type TemplateResult } from 'lit';
import { nounOf } from '../api/nouns';
import { isReached, type Limit, type Status } from '../api/status';
import type { Messages } from '../text/en';
import { daysUntil, type Format, inDays } from '../text/format';

/** One bar per meter, with "n of m". */
export function meters(status: Status, say: Messages, format: Format): TemplateResult {
  return html`<ul class="meters">
    ${status.limits.map((limit) => html`<li>${meter(limit, say, format)}</li>`)}
  </ul>`;
}

/** "resets in 12 days", or how the window starts. */
export function resetText(status: Status, say: Messages, format: Format): string {
  const days = status.resetAt && daysUntil(status.resetAt, status.now ?? new Date());
  return days === null ? say.startsWithFirstRun : say.resets(inDays(format, days));
}

export function metersSkeleton(say: Messages): TemplateResult {
  return html`<div class="meters" aria-busy="true">
    <span class="unseen">${say.loading}</span>
    ${[1, 2, 3].map(() => html`<div class="bone" aria-hidden="true"></div>`)}
  </div>`;
}

/** Its name; in another language than English as that language calls several of them. */
function nameOf(limit: Limit, format: Format): string {
  const many = format.locale.startsWith('en') ? null : nounOf(limit.nouns, format.locale)?.many;
  return many ? many.charAt(0).toUpperCase() + many.slice(1) : limit.name;
}

function meter(limit: Limit, say: Messages, format: Format): TemplateResult {
  const name = nameOf(limit, format);
  if (limit.limit === null) {
    return html`<div class="row between"><span>${name}</span><span class="muted">${say.unlimited}</span></div>`;
  }
  const words = say.usedOf(limit.used, limit.limit, format);
  const share = limit.limit === 0 ? 100 : Math.min(100, (limit.used * 100) / limit.limit);
  // a style set as a property, not as an attribute: the host's content security policy forbids inline styles
  return html`<div class="row between">
      <span>${name}</span><span class="number" aria-hidden="true">${words}</span>
    </div>
    <div
      class=${isReached(limit) ? 'bar full' : 'bar'}
      role="meter"
      aria-label=${name}
      aria-valuemin="0"
      aria-valuemax=${limit.limit}
      aria-valuenow=${Math.min(limit.used, limit.limit)}
      aria-valuetext=${words}
    >
      <div class="fill" .style=${`--_share: ${share}%`}></div>
    </div>`;
}
