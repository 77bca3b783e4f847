import { expect, test } from 'vitest';
import type { BillingSummary } from '../billing-summary/billing-summary.component';

test('the first render comes with the module, before any answer', async () => {
  // the element stands in the page before it is defined, as it does in a page of HTML
  document.body.innerHTML = '<tg-billing-summary></tg-billing-summary>';
  const element = document.body.firstElementChild as BillingSummary;
  await import('../tollgate');
  const began = performance.now();
  await element.updateComplete;
  console.info(`first render ${(performance.now() - began).toFixed(1)} ms after the module`);
  expect(element.shadowRoot?.querySelector('.card')).not.toBeNull();
});
