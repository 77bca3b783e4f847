import { html, type TemplateResult } from 'lit';
import type { Alert } from './read-admin';

/** What needs an operator, the oldest first. */
export function alertList(alerts: readonly Alert[], time: (at: Date) => TemplateResult): TemplateResult {
  return html`<ul class="rows">
    ${alerts.map(
      (alert) => html`<li class="row between">
        <div class="words">
          <span><span class="tag bad">${alert.reason}</span> ${alert.account ?? ''}</span>
          <span class="muted small">${alert.detail}</span>
        </div>
        <span class="muted small">${time(alert.raisedAt)}</span>
      </li>`,
    )}
  </ul>`;
}
