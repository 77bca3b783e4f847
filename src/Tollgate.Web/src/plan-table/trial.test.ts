import { expect, test } from 'vitest';
import './plan-table';
import { freeAnswer, paidAnswer, plansAnswer } from '../testing/answers';
import { show, textOf, useApi } from '../testing/page';
import type { PlanTable } from './plan-table.component';

const api = useApi();

async function tableOf(status: unknown): Promise<string> {
  const plans = plansAnswer();
  const withTrial = plans.plans.map((plan) => (plan.id === 'team' ? { ...plan, trial: { days: 14 } } : plan));
  api().on('plans', { ...plans, plans: withTrial }).on('status', status);
  return textOf(await show<PlanTable>('<tg-plan-table></tg-plan-table>'));
}

test('a trial is on offer to who may buy, and what follows is said', async () => {
  const text = await tableOf(freeAnswer());
  expect(text).toContain('Team 14 days free');
  expect(text).toContain('Your first 14 days are free, if you never had a trial. Then: Every month US$40.00');
  expect(text).not.toContain('Today, then');
});

test.each([
  ['who is subscribed', paidAnswer()],
  ['whose subscription has ended', { ...paidAnswer(), status: 'canceled' }],
])('%s reads nothing of it', async (_name, status) => {
  expect(await tableOf(status)).not.toContain('14 days');
});

test('add-ons stand on the card of the plan that has them', async () => {
  const text = await tableOf({ ...paidAnswer(), add_ons: [{ id: 'a', name: 'Audit exports', quantity: 1 }] });
  expect(text).toContain('Audit exports Your plan');
});
