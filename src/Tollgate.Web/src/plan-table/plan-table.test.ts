import { describe, expect, test, vi } from 'vitest';
import './plan-table';
import { freeAnswer, paidAnswer, plansAnswer, quoteAnswer } from '../testing/answers';
import { all, find, json, settle, show, textOf, useApi } from '../testing/page';
import type { PlanTable } from './plan-table.component';

const api = useApi();
const stripe = 'https://checkout.stripe.com/c/pay/cs_test_1';

function showTable(attributes = '', prepare?: (table: PlanTable) => void): Promise<PlanTable> {
  return show<PlanTable>(`<tg-plan-table ${attributes}></tg-plan-table>`, prepare);
}

function button(table: PlanTable, name: string): HTMLElement {
  const found = all(table, 'button').find((one) => textOf(one) === name);
  if (!found) {
    throw new Error(`no button "${name}" in ${textOf(table)}`);
  }
  return found;
}

function seatsInput(table: PlanTable): HTMLInputElement {
  return find<HTMLInputElement>(find(table, 'tg-seat-editor'), 'input');
}

async function typeSeats(table: PlanTable, seats: string): Promise<void> {
  seatsInput(table).value = seats;
  seatsInput(table).dispatchEvent(new Event('input', { bubbles: true }));
  await settle(table);
}

async function click(table: PlanTable, name: string): Promise<void> {
  button(table, name).click();
  await settle(table);
}

describe('a caller on Free', () => {
  test('sees a busy skeleton until both answers are there', async () => {
    api().on('plans', plansAnswer()).on('status', () => new Promise<Response>(() => {}));
    const table = await showTable();
    expect(find(table, '.plans').getAttribute('aria-busy')).toBe('true');
    expect(all(table, 'button')).toHaveLength(0);
  });

  test('sees the plans, the present one marked, one primary button, the first total', async () => {
    api().on('plans', plansAnswer()).on('status', freeAnswer());
    const table = await showTable();
    expect(all(table, '.plan .name').map(textOf)).toEqual(['Free', 'Team', 'Business']);
    expect(textOf(find(table, '.plan .current'))).toBe('Your plan');
    expect(all(table, '.button:not(.quiet)').map(textOf)).toEqual(['Upgrade to Team']);
    expect(textOf(find(table, 'output'))).toBe('US$40.00');
    expect(textOf(table)).toContain('2 developers are active today, so 2 is the least.');
    expect(textOf(find(table, '.contact'))).toContain('SSO \u00b7 Full RBAC');
  });

  test.each([
    ['huf', 499000, 'HUF 4,990', 'HUF 9,980.00'],
    ['kwd', 2500, 'KWD 2.500', 'KWD 5.000'],
    ['isk', 150000, 'ISK 1,500', 'ISK 3,000'],
    ['jpy', 3000, 'JP\u00a53,000', 'JP\u00a56,000'],
  ])('sees prices in %s as Stripe counts them', async (currency, unitAmount, each, total) => {
    const inCurrency = (price: unknown) => ({ ...(price as object), currency, unit_amount: unitAmount });
    const answer = plansAnswer();
    const sold = { ...answer, plans: answer.plans.map((plan) => ({ ...plan, prices: plan.prices.map(inCurrency) })) };
    api().on('plans', sold).on('status', freeAnswer());
    const table = await showTable();
    expect(all(table, '.price strong').map(textOf)).toContain(each);
    expect(textOf(find(table, 'output'))).toBe(total);
  });

  test('sees the saving and the yearly total after the switch', async () => {
    api().on('plans', plansAnswer()).on('status', freeAnswer());
    const table = await showTable('seats="3"');
    const listener = vi.fn();
    table.addEventListener('tg-interval-change', listener);
    expect(textOf(find(table, '.switch'))).toContain('save 20%');
    find<HTMLInputElement>(table, 'input[value="year"]').click();
    await settle(table);
    expect(all(table, '.tag').map(textOf)).toEqual(['Save US$48 per seat', 'Save US$96 per seat']);
    expect(textOf(table)).toContain('US$16 per seat and month, billed US$192 a year');
    expect(textOf(find(table, 'output'))).toBe('US$576.00');
    expect(listener).toHaveBeenCalledOnce();
  });

  test('changes seats and sees the total follow, within the range the server named', async () => {
    api().on('plans', plansAnswer()).on('status', freeAnswer());
    const table = await showTable();
    find(find(table, 'tg-seat-editor'), '[aria-label="One seat more"]').click();
    await settle(table);
    expect(textOf(find(table, 'output'))).toBe('US$60.00');
    await typeSeats(table, '1');
    expect(textOf(table)).toContain('Choose 2 to 500 seats.');
    expect(button(table, 'Upgrade to Team').getAttribute('aria-disabled')).toBe('true');
    await click(table, 'Upgrade to Team');
    expect(api().to('checkout')).toHaveLength(0);
    seatsInput(table).dispatchEvent(new Event('change', { bubbles: true }));
    await settle(table);
    expect(textOf(find(table, 'output'))).toBe('US$40.00');
  });

  test('chooses Business first and buys it second', async () => {
    api().on('plans', plansAnswer()).on('status', freeAnswer()).on('checkout', { checkout_url: stripe });
    const navigate = vi.fn();
    const table = await showTable('', (one) => (one.navigate = navigate));
    await click(table, 'Choose Business');
    expect(textOf(find(table, '[role="status"]'))).toBe('Business chosen. 2 seats, US$80.00 today.');
    expect(api().to('checkout')).toHaveLength(0);
    await click(table, 'Upgrade to Business');
    expect(api().to('checkout')[0]?.body).toEqual({ price_id: 'business_monthly', seat_count: 2 });
    expect(navigate).toHaveBeenCalledOnce();
  });

  test('does not buy with the second half of a double click', async () => {
    api().on('plans', plansAnswer()).on('status', freeAnswer()).on('checkout', { checkout_url: stripe });
    const table = await showTable('', (one) => (one.navigate = vi.fn()));
    const business = button(table, 'Choose Business');
    business.click();
    await settle(table);
    business.dispatchEvent(new MouseEvent('click', { detail: 2, bubbles: true }));
    await settle(table);
    expect(api().to('checkout')).toHaveLength(0);
  });
});

describe('the way to Checkout', () => {
  test('is asked for once, and the button stays off while the page leaves', async () => {
    api().on('plans', plansAnswer()).on('status', freeAnswer()).on('checkout', { checkout_url: stripe });
    const navigate = vi.fn();
    const table = await showTable('seats="3"', (one) => (one.navigate = navigate));
    const upgrade = button(table, 'Upgrade to Team');
    upgrade.click();
    upgrade.click();
    await settle(table);
    upgrade.click();
    await settle(table);
    expect(api().to('checkout').map((call) => call.body)).toEqual([{ price_id: 'team_monthly', seat_count: 3 }]);
    expect(navigate.mock.calls.map(([url]) => String(url))).toEqual([stripe]);
    expect(upgrade.getAttribute('aria-disabled')).toBe('true');
    expect(textOf(upgrade)).toBe('Opening Checkout...');
  });

  test('is on again when the browser brings the frozen page back', async () => {
    api().on('plans', plansAnswer()).on('status', freeAnswer()).on('checkout', { checkout_url: stripe });
    const table = await showTable('', (one) => (one.navigate = vi.fn()));
    await click(table, 'Upgrade to Team');
    window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
    await settle(table);
    expect(button(table, 'Upgrade to Team').getAttribute('aria-disabled')).toBe('false');
    expect(api().to('status')).toHaveLength(2);
  });

  test('can be taken over by the host', async () => {
    api().on('plans', plansAnswer()).on('status', freeAnswer()).on('checkout', { checkout_url: stripe });
    const navigate = vi.fn();
    const table = await showTable('', (one) => (one.navigate = navigate));
    table.addEventListener('tg-checkout', (event) => event.preventDefault());
    await click(table, 'Upgrade to Team');
    expect(navigate).not.toHaveBeenCalled();
  });

  test.each(['javascript:alert(1)', 'https://stripe.com.evil.test/', 'data:text/html,x', '//evil.test', 'nonsense'])(
    'is refused to %s',
    async (url) => {
      api().on('plans', plansAnswer()).on('status', freeAnswer()).on('checkout', { checkout_url: url });
      const navigate = vi.fn();
      const table = await showTable('', (one) => (one.navigate = navigate));
      await click(table, 'Upgrade to Team');
      expect(navigate).not.toHaveBeenCalled();
      expect(textOf(find(table, '[role="alert"]'))).toContain('a payment page that we do not know');
      expect(button(table, 'Upgrade to Team').getAttribute('aria-disabled')).toBe('false');
    },
  );

  test("shows the server's refusal in place and can be tried again", async () => {
    const refusal = { code: 'seats_below_use', title: 'Too few seats', detail: '4 developers are active.' };
    api().on('plans', plansAnswer()).on('status', freeAnswer()).on('checkout', () => json(400, refusal));
    const table = await showTable();
    await click(table, 'Upgrade to Team');
    expect(textOf(find(table, '.plan.open [role="alert"]'))).toBe('Too few seats 4 developers are active.');
    await click(table, 'Upgrade to Team');
    expect(api().to('checkout')).toHaveLength(2);
  });

  test('tells a role that falls short in another tone than a mistake', async () => {
    const refusal = { code: 'billing_admin_required', title: 'Not your role.', detail: 'Ask an owner.' };
    api().on('plans', plansAnswer()).on('status', freeAnswer()).on('checkout', () => json(403, refusal));
    const table = await showTable();
    await click(table, 'Upgrade to Team');
    expect(textOf(find(table, '.plan.open .note.warn'))).toBe('Not your role. Ask an owner.');
    expect(all(table, '.note.bad')).toHaveLength(0);
  });

  test('is not offered while a payment for the former plan is outstanding', async () => {
    api().on('plans', plansAnswer()).on('status', { ...freeAnswer(), status: 'past_due' });
    const table = await showTable();
    expect(textOf(find(table, '.note.warn'))).toContain('Your paid plan is closed until you pay.');
    expect(find(table, '.note.warn a').getAttribute('href')).toBe('/settings/billing');
    expect(all(table, 'button').map(textOf)).not.toContain('Upgrade to Team');
  });

  test('turns into the subscribed view when the server says so', async () => {
    api().on('plans', plansAnswer()).on('status', freeAnswer());
    const table = await showTable();
    api().on('status', paidAnswer()).on('checkout', () => json(409, { code: 'already_subscribed', detail: 'x' }));
    await click(table, 'Upgrade to Team');
    expect(textOf(find(table, '.note'))).toContain("You're on Team.");
    expect(all(table, 'button').map(textOf)).toEqual(['Change to Business']);
  });

  test('remembers the choice for the way back', async () => {
    api().on('plans', plansAnswer()).on('status', freeAnswer()).on('checkout', { checkout_url: stripe });
    const first = await showTable('interval="year" plan="business" seats="7"', (one) => (one.navigate = vi.fn()));
    await click(first, 'Upgrade to Business');
    first.remove();
    const second = await showTable();
    expect(textOf(find(second, 'output'))).toBe('US$2,688.00');
    expect(button(second, 'Upgrade to Business')).toBeTruthy();
  });
});

describe('a subscriber', () => {
  const bodies = () => api().to('upgrade').map((call) => call.body);

  async function asked(answer: unknown = quoteAnswer()): Promise<PlanTable> {
    api().on('plans', plansAnswer()).on('status', paidAnswer()).on('upgrade', answer);
    const table = await showTable();
    await click(table, 'Change to Business');
    return table;
  }

  test('sees the interval they pay by, and what another plan would cost', async () => {
    const table = await asked();
    expect(bodies()).toEqual([{ price_id: 'business_annual', preview: true }]);
    expect(textOf(find(table, '.open .quote'))).toContain('Due now US$96.00 Next invoice US$768.00');
    expect(table.shadowRoot?.activeElement?.id).toBe('quote');
  });

  test('confirms with the date of the preview, and is on the other plan', async () => {
    const table = await asked();
    api().on('upgrade', { status: 'updated' });
    await click(table, 'Confirm and pay US$96.00');
    expect(bodies()[1]).toEqual({ price_id: 'business_annual', preview: false, proration_date: 1795348800 });
    expect(textOf(find(table, '.foot .note'))).toBe("You're on Business now.");
  });

  test('may keep what they have', async () => {
    const table = await asked();
    await click(table, 'Keep as it is');
    expect(all(table, '.quote')).toHaveLength(0);
    expect(button(table, 'Change to Business')).toBeTruthy();
  });

  test('reads why it cannot be, on the card of that plan', async () => {
    const table = await asked(() => json(409, { code: 'repo_limit_exceeded', detail: 'Disconnect 2 repos first.' }));
    expect(textOf(find(table, '[aria-label="Business"] [role="alert"]'))).toBe('Disconnect 2 repos first.');
  });

  test('loses the preview by switching the interval', async () => {
    const table = await asked();
    find(table, 'input[value="month"]').dispatchEvent(new Event('change'));
    await settle(table);
    expect(all(table, '.quote')).toHaveLength(0);
  });
});

describe('a caller who cannot buy', () => {
  test('sees the own plan and the way to the billing page when subscribed', async () => {
    api().on('plans', plansAnswer()).on('status', paidAnswer());
    const table = await showTable('settings-url="/my/billing"');
    expect(all(table, 'tg-seat-editor')).toHaveLength(0);
    expect(all(table, '.current').map(textOf)).toEqual(['Your plan']);
    expect(find(table, '.note a').getAttribute('href')).toBe('/my/billing');
  });

  test('sees nothing to press while billing is off', async () => {
    api().on('plans', plansAnswer()).on('status', { ...freeAnswer(), billing_enabled: false });
    const table = await showTable();
    expect(all(table, 'button')).toHaveLength(0);
    expect(textOf(find(table, '.note'))).toContain('switched off');
  });

  test('may buy the same plan anew when the subscription has ended', async () => {
    api().on('plans', plansAnswer()).on('status', { ...paidAnswer(), status: 'canceled' });
    const table = await showTable();
    expect(textOf(find(table, '.note'))).toContain('It stays open until 21 Nov 2027.');
    expect(button(table, 'Upgrade to Team')).toBeTruthy();
  });
});
