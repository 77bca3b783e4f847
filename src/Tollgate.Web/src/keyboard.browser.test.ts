import { userEvent } from 'vitest/browser';
import { expect, test } from 'vitest';
import './tollgate';
import type { PlanTable } from './plan-table/plan-table.component';
import { freeAnswer, paidAnswer, plansAnswer, quoteAnswer } from './testing/answers';
import { find, json, show, textOf, useApi } from './testing/page';

const api = useApi();

function focused(): Element | null {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) {
    at = at.shadowRoot.activeElement;
  }
  return at;
}

async function showTable(attributes = '', prepare?: (table: PlanTable) => void): Promise<PlanTable> {
  api().on('plans', plansAnswer()).on('status', freeAnswer()).on('checkout', { checkout_url: 'https://x.stripe.com/' });
  const table = await show<PlanTable>(`<tg-plan-table ${attributes}></tg-plan-table>`, prepare);
  await expect.poll(() => textOf(table)).toContain('Upgrade to Team');
  return table;
}

test('the keyboard goes from the switch over the seats to Checkout', async () => {
  const went: string[] = [];
  const table = await showTable('', (one) => {
    one.navigate = (url) => went.push(url.href);
  });
  await userEvent.keyboard('{Tab}');
  expect(focused()).toBe(find(table, 'input[value="month"]'));
  await userEvent.keyboard('{ArrowRight}');
  await expect.poll(() => textOf(find(table, 'output'))).toBe('US$384.00');
  await userEvent.keyboard('{Tab}{Tab}');
  expect(focused()?.id).toBe('seats');
  await userEvent.keyboard('{ArrowUp}');
  await expect.poll(() => textOf(find(table, 'output'))).toBe('US$576.00');
  await userEvent.keyboard('{Tab}');
  expect(focused()?.getAttribute('aria-label')).toBe('One seat more');
  await userEvent.keyboard('{Enter}{Tab}');
  await expect.poll(() => textOf(find(table, 'output'))).toBe('US$768.00');
  expect(textOf(focused()!)).toBe('Upgrade to Team');
  expect(getComputedStyle(focused()!).outlineStyle).toBe('solid');
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => went).toEqual(['https://x.stripe.com/']);
  expect(api().to('checkout')[0]?.body).toEqual({ price_id: 'team_annual', seat_count: 4 });
});

test('choosing another plan keeps the focus on its button', async () => {
  const table = await showTable();
  const business = [...table.shadowRoot!.querySelectorAll('button')].at(-1)!;
  business.focus();
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => textOf(business)).toBe('Upgrade to Business');
  expect(focused()).toBe(business);
});

test('the least seat keeps the focus at the end of the range', async () => {
  const table = await showTable('seats="3"');
  const fewer = find(find(table, 'tg-seat-editor'), '[aria-label="One seat fewer"]');
  fewer.focus();
  await userEvent.keyboard('{Enter}{Enter}{Enter}');
  await expect.poll(() => textOf(find(table, 'output'))).toBe('US$40.00');
  expect(focused()).toBe(fewer);
  expect(fewer.getAttribute('aria-disabled')).toBe('true');
});

async function press(element: Element, name: string): Promise<void> {
  const named = () => [...element.shadowRoot!.querySelectorAll('button')].find((one) => textOf(one) === name);
  await expect.poll(named).toBeDefined();
  named()!.focus();
  await userEvent.keyboard('{Enter}');
}

test('keeping the seats as they are leaves the focus on the card', async () => {
  api().on('plans', plansAnswer()).on('status', { ...paidAnswer(), seats_in_use: 3 }).on('seats', quoteAnswer());
  const change = await show('<tg-seat-change></tg-seat-change>');
  await expect.poll(() => textOf(change)).toContain('Preview the change');
  find<HTMLElement>(find(change, 'tg-seat-editor'), '[aria-label="One seat more"]').click();
  await press(change, 'Preview the change');
  await expect.poll(() => focused()?.id).toBe('quote');
  await press(change, 'Keep as it is');
  await expect.poll(() => focused()?.tagName).toBe('SECTION');
  await userEvent.keyboard('{Tab}');
  await expect.poll(() => focused()?.tagName).not.toBe('SECTION');
});

test('trying again leaves the focus on the component', async () => {
  api().on('status', () => json(500, {}));
  const usage = await show('<tg-usage></tg-usage>');
  await expect.poll(() => textOf(usage)).toContain('Try again');
  api().on('status', freeAnswer());
  await press(usage, 'Try again');
  await expect.poll(() => textOf(usage)).toContain('0 of 5');
  expect(usage.contains(document.activeElement)).toBe(true);
});
