// What the pages show of a user's plan: the usage bar and the banners.
import { day, make, number } from './importcsv.js';

export function usageBar({ usage, limits, resets_at: resetsAt }) {
  const limit = limits.imports_per_month;
  const words =
    limit === null
      ? `${number(usage.imports)} ${usage.imports === 1 ? 'import' : 'imports'} this month, unlimited`
      : `${number(usage.imports)} of ${number(limit)} imports this month`;
  const rows = limits.rows_per_import === null ? '' : `${number(limits.rows_per_import)} rows an import`;
  const ofRows = make('span', { className: 'muted' }, rows);
  const line = make('div', { className: 'row between' }, make('b', {}, words), ofRows);
  const bar = limit === null ? [] : [progress(usage.imports, limit, words)];
  const after = resetsAt ? `Starts again on ${day(resetsAt)}.` : '';
  return make('div', { className: 'usage' }, line, ...bar, make('p', { className: 'muted small' }, after));
}

/** Grace, pause and a reached limit, each with the way out. */
export function banners(subscription, update, elsewhere) {
  const { status, tier_name: plan, usage, limits, grace_period_ends_at: graceEnd } = subscription;
  const shown = [];
  if (status === 'past_due' && graceEnd) {
    const left = Math.max(1, Math.ceil((new Date(graceEnd) - new Date(subscription.now)) / 86_400_000));
    const days = left === 1 ? '1 day' : `${left} days`;
    shown.push(banner('', `Your last payment failed. ${plan} goes on for ${days}, until ${day(graceEnd)}.`, update()));
  }
  if (status === 'paused') {
    const words =
      'Your plan is paused: the last payment failed, and your importers take no files. ' +
      'Update the payment method, or cancel the subscription to go on with Free.';
    shown.push(banner('bad', words, update()));
  }
  if (limits.imports_per_month !== null && usage.imports >= limits.imports_per_month) {
    const words = 'The imports of this month are used up. A bigger plan lifts the limit at once.';
    shown.push(banner('bad', words, elsewhere()));
  }
  return shown;
}

function banner(kind, words, ...ways) {
  const element = make('div', { className: `banner ${kind}` }, make('span', {}, words), ...ways.filter(Boolean));
  element.setAttribute('role', 'status');
  return element;
}

function progress(used, limit, words) {
  const bar = make('progress', { value: Math.min(used, limit), max: limit, className: used >= limit ? 'full' : '' });
  bar.setAttribute('aria-label', words);
  return bar;
}
