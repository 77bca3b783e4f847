import { expect, test } from 'vitest';
import '../plan-table/plan-table';
import type { PlanTable } from '../plan-table/plan-table.component';
import { paidAnswer, plansAnswer } from '../testing/answers';
import { all, json, settle, show, textOf, useApi } from '../testing/page';

const api = useApi();
const preview = {
  amount_due: 0,
  currency: 'usd',
  due_now: 0,
  next_invoice_total: 12000,
  effective_at: '2027-11-21T12:00:00Z',
};
const refused = () =>
  json(409, { code: 'interval_switch', title: 'Not now', detail: 'Month and year do not mix within a paid period.' });

async function press(table: PlanTable, name: string): Promise<void> {
  const button = all(table, 'button').find((one) => textOf(one) === name);
  if (!button) {
    throw new Error(`no button "${name}" in ${textOf(table)}`);
  }
  button.click();
  await settle(table);
}

test('where month and year do not mix, the change is offered for the end of the period, and arranged', async () => {
  api().on('status', paidAnswer()).on('plans', plansAnswer()).on('upgrade', refused);
  const table = await show<PlanTable>('<tg-plan-table></tg-plan-table>');
  await press(table, 'Change to Business');
  expect(textOf(table)).toContain('Month and year do not mix');

  api().on('upgrade', preview);
  await press(table, 'Change when the period ends');
  expect(textOf(table)).toContain('Due now US$0.00 Invoices from 21 Nov 2027 US$120.00');

  api().on('upgrade', { status: 'scheduled', effective_at: preview.effective_at });
  await press(table, 'Confirm the change');
  expect(textOf(table)).toContain('Arranged. The change comes on 21 November 2027.');
  const later = { price_id: 'business_annual', effective: 'period_end' };
  expect(api().to('upgrade').map(({ body }) => body)).toEqual([
    { price_id: 'business_annual', preview: true },
    { ...later, preview: true },
    { ...later, preview: false },
  ]);
});
