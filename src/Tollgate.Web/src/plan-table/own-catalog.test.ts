import { expect, test, vi } from 'vitest';
import './plan-table';
import { limitedPlansAnswer, noPlanAnswer } from '../testing/answers';
import { all, find, settle, show, textOf, useApi } from '../testing/page';
import type { PlanTable } from './plan-table.component';

const api = useApi();
const stripe = 'https://checkout.stripe.com/c/pay/cs_test_1';

function showTable(attributes = '', prepare?: (table: PlanTable) => void): Promise<PlanTable> {
  return show<PlanTable>(`<tg-plan-table ${attributes}></tg-plan-table>`, prepare);
}

function button(table: PlanTable, name: string): HTMLElement {
  const found = all(table, 'button').find((one) => textOf(one) === name);
  if (!found) {
    throw new Error(`no button ${name} in ${textOf(table)}`);
  }
  return found;
}

async function click(table: PlanTable, name: string): Promise<void> {
  button(table, name).click();
  await settle(table);
}

test('sold by the month alone is shown by the month, whatever the page asks for', async () => {
  api().on('plans', limitedPlansAnswer()).on('status', noPlanAnswer()).on('checkout', { checkout_url: stripe });
  const navigate = vi.fn();
  const table = await showTable('interval="year"', (one) => (one.navigate = navigate));
  expect(all(table, '.switch')).toHaveLength(0);
  expect(textOf(find(table, '.plan'))).toContain('US$9 a month');
  await click(table, 'Upgrade to Starter');
  expect(api().to('checkout')[0]?.body).toEqual({ price_id: 'starter_monthly', seat_count: 1 });
  expect(navigate).toHaveBeenCalledOnce();
});

test('sold by the year alone is shown by the year', async () => {
  const plans = limitedPlansAnswer();
  const yearly = { id: 'starter_annual', interval: 'year', unit_amount: 9600, currency: 'usd' };
  plans.plans = [{ ...plans.plans[0]!, prices: [yearly] }];
  api().on('plans', plans).on('status', noPlanAnswer());
  const table = await showTable();
  expect(textOf(table)).toContain('US$8 a month, billed US$96 a year');
  expect(button(table, 'Upgrade to Starter').getAttribute('aria-disabled')).toBe('false');
});

test('without seats says nothing of seats', async () => {
  api().on('plans', limitedPlansAnswer()).on('status', noPlanAnswer());
  const table = await showTable();
  expect(all(table, 'tg-seat-editor')).toHaveLength(0);
  expect(textOf(table)).not.toContain('seat');
  await click(table, 'Choose Pro');
  expect(textOf(find(table, '[role="status"]'))).toBe('Pro chosen. US$49.00 today.');
});

test('calls who sits on a seat as it likes', async () => {
  const plans = limitedPlansAnswer();
  api()
    .on('plans', { ...plans, seats: { ...plans.seats, minimum: 3, maximum: 9, in_use: 3 } })
    .on('status', noPlanAnswer());
  expect(textOf(await showTable())).toContain('3 pilots are active today, so 3 is the least.');
});
