// Answers that are no answers: the table says so, and stays a table.
import { expect, test } from 'vitest';
import './plan-table';
import { freeAnswer, plansAnswer } from '../testing/answers';
import { all, find, settle, show, textOf, useApi } from '../testing/page';
import type { PlanTable } from './plan-table.component';

const api = useApi();

function showTable(): Promise<PlanTable> {
  return show<PlanTable>('<tg-plan-table></tg-plan-table>');
}

test('an unreachable server is said, and tried again on demand', async () => {
  const table = await showTable();
  expect(textOf(find(table, '[role="alert"]'))).toContain("couldn't reach the server");
  api().on('plans', plansAnswer()).on('status', freeAnswer());
  find(table, '[role="alert"] button').click();
  await settle(table);
  expect(all(table, '.plan')).toHaveLength(3);
});

test.each([
  ['text', () => new Response('<html>login</html>', { status: 200 })],
  ['no plans', { ...plansAnswer(), plans: [] }],
  ['a price in words', { ...plansAnswer(), plans: [{ id: 'x', name: 'X', prices: [{ unit_amount: 'much' }] }] }],
  ['seats upside down', { ...plansAnswer(), seats: { minimum: 9, maximum: 2, in_use: 0 } }],
  ['null', null],
])('%s instead of plans is said plainly', async (_name, answer) => {
  api().on('plans', answer).on('status', freeAnswer());
  const table = await showTable();
  expect(textOf(find(table, '[role="alert"]'))).toContain('made no sense');
});

test('markup in names stays text', async () => {
  const plans = plansAnswer();
  plans.plans[1]!.name = '<img src=x onerror=alert(1)>';
  plans.plans[1]!.highlights = ['<script>alert(1)</script>'];
  api().on('plans', plans).on('status', freeAnswer());
  const table = await showTable();
  expect(all(table, 'img, script')).toHaveLength(0);
  expect(textOf(table)).toContain('Upgrade to <img src=x onerror=alert(1)>');
});
