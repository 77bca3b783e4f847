import { describe, expect, test, vi } from 'vitest';
import '../admin';
import {
  accountAnswer,
  accountRow,
  accountsAnswer,
  actionsAnswer,
  driftAnswer,
  eventsAnswer,
  figuresAnswer,
  payloadAnswer,
} from '../testing/admin-answers';
import { all, find, json, settle, show, textOf, useApi } from '../testing/page';
import { stepPath } from './chart';
import type { AdminAccount } from './account.component';
import type { LitElement } from 'lit';

const api = useApi();
const hostile = '<img src=x onerror=alert(1)>';

const pages: readonly (readonly [markup: string, route: string, answer: () => object])[] = [
  ['<tg-admin-accounts></tg-admin-accounts>', 'accounts', accountsAnswer],
  ['<tg-admin-account account="acme"></tg-admin-account>', 'acme', accountAnswer],
  ['<tg-admin-events></tg-admin-events>', 'events', eventsAnswer],
  ['<tg-admin-drift></tg-admin-drift>', 'drift', driftAnswer],
  ['<tg-admin-figures></tg-admin-figures>', 'figures', figuresAnswer],
  ['<tg-admin-actions></tg-admin-actions>', 'actions', actionsAnswer],
];

async function press(within: LitElement, name: string): Promise<void> {
  const parts = [within, ...all<LitElement>(within, 'tg-admin-act')];
  const button = parts
    .flatMap((part) => all(part, 'button'))
    .find((one) => one.getAttribute('aria-label') === name || textOf(one) === name);
  if (!button) {
    throw new Error(`no button "${name}" in ${textOf(within)}`);
  }
  button.click();
  await settle(within);
}

/** Opens an action, says why, and confirms it. */
async function confirm(within: LitElement, label: string, why: string): Promise<LitElement> {
  const act = all<LitElement>(within, 'tg-admin-act').find((one) => one.getAttribute('label') === label)!;
  await press(within, label);
  find<HTMLInputElement>(act, '#why').value = why;
  find<HTMLFormElement>(act, 'form').dispatchEvent(new Event('submit', { cancelable: true }));
  await settle(within);
  return act;
}

describe.each(pages)('%s', (markup, route, answer) => {
  test('is busy until an answer comes', async () => {
    api().on(route, () => new Promise<Response>(() => {}));
    expect(find(await show(markup), '[aria-busy]').getAttribute('aria-busy')).toBe('true');
  });

  test.each([
    ['no network', undefined, "couldn't reach the server"],
    ['an answer of another shape', { accounts: 'x', events: 'x', timeline: 3 }, 'made no sense'],
    ['a caller who is no administrator', () => json(403, {}), 'This page is for administrators.'],
  ])('%s is said, and can be retried', async (_name, reply, words) => {
    if (reply !== undefined) {
      api().on(route, reply);
    }
    const shown = await show(markup);
    expect(textOf(find(shown, '[role="alert"]'))).toContain(words);
    api().on(route, answer());
    find(shown, '[role="alert"] button').click();
    await settle(shown);
    expect(all(shown, '[role="alert"]')).toHaveLength(0);
  });

  test('markup in any text stays text', async () => {
    // every text but those that are times, dates, ids of the page's own words or currencies
    const dangerous = JSON.parse(JSON.stringify(answer()), (key, value: unknown) =>
      typeof value === 'string' && !/(_at|_through|_since|^at|^as_of|^date|^currency|^id|^until)$/.test(key)
        ? hostile
        : value,
    ) as object;
    api().on(route, dangerous);
    const shown = await show(markup);
    expect(all(shown, 'img')).toHaveLength(0);
    expect(textOf(shown)).toContain(hostile);
  });
});

describe('accounts', () => {
  test('a search asks for what was typed, and an account leads to its page', async () => {
    api().on('accounts', accountsAnswer());
    const accounts = await show('<tg-admin-accounts></tg-admin-accounts>');
    expect(textOf(accounts)).toContain('2 accounts shown');
    find<HTMLInputElement>(accounts, 'input').value = ' cus_1&after=x ';
    find(accounts, 'form').dispatchEvent(new Event('submit', { cancelable: true }));
    await settle(accounts);
    expect(api().to('accounts').at(-1)?.url).toBe('/api/billing/admin/accounts?search=cus_1%26after%3Dx&');
    expect(find(accounts, 'a').getAttribute('href')).toBe('/admin/account?account=acme');
  });

  test('nothing found is said', async () => {
    api().on('accounts', { accounts: [], next: null });
    expect(textOf(await show('<tg-admin-accounts></tg-admin-accounts>'))).toContain('No account matches.');
  });

  test('the next page is added to the first', async () => {
    api().on('accounts', { ...accountsAnswer(), next: 'globex' });
    const accounts = await show('<tg-admin-accounts></tg-admin-accounts>');
    api().on('accounts', { accounts: [{ ...accountRow(), account: 'z', name: 'Zed' }], next: null });
    await press(accounts, 'Show more');
    expect(api().to('accounts').at(-1)?.url).toContain('after=globex');
    expect(textOf(accounts)).toContain('3 accounts shown');
    expect(all(accounts, 'button')).toHaveLength(1);
  });
});

describe('an account', () => {
  const showAccount = () => show('<tg-admin-account account="acme"></tg-admin-account>');

  test('says why its access is what it is, what happened, and what is wrong', async () => {
    api().on('acme', accountAnswer());
    const said = textOf(await showAccount());
    expect(said).toContain('paid through 2026-12-21 12:00 UTC.');
    expect(said).toContain('double_billing');
    expect(said).toContain('¥1,600');
    expect(said).toContain('needs_response, fraudulent');
    expect(said).toContain('Plan: free -> team');
  });

  test('is asked for as soon as it is named, and no sooner', async () => {
    api().on('acme', accountAnswer());
    const account = await show<AdminAccount>('<tg-admin-account></tg-admin-account>');
    expect(textOf(account)).toBe('The address names no account.');
    expect(api().calls).toHaveLength(0);
    account.account = 'acme';
    await settle(account);
    expect(textOf(account)).toContain('Plan: free -> team');
  });

  test('nothing is sent without a reason', async () => {
    api().on('acme', accountAnswer()).on('refresh', { status: 'done' });
    await confirm(await showAccount(), 'Refresh now', '  ');
    expect(api().to('refresh')).toHaveLength(0);
  });

  test('a refresh is requested with the reason, and the timeline read again', async () => {
    api().on('acme', accountAnswer()).on('refresh', { status: 'done' });
    const account = await showAccount();
    await confirm(account, 'Refresh now', 'they say they paid');
    expect(api().to('refresh').map((call) => call.body)).toEqual([{ why: 'they say they paid' }]);
    expect(textOf(find(account, '[role="status"]'))).toContain('Requested.');
    expect(account.shadowRoot?.activeElement?.id).toBe('said');
    expect(api().to('acme')).toHaveLength(2);
  });

  test('an override names tier, end and reason; a refusal keeps the form', async () => {
    api().on('acme', accountAnswer()).on('override', () => json(400, { detail: 'until lies in the future.' }));
    const account = await showAccount();
    find<HTMLSelectElement>(account, '#tier').value = 'enterprise';
    find<HTMLInputElement>(account, '#until').value = '2027-01-31T00:00';
    const act = await confirm(account, 'Set a tier', 'signed');
    expect(api().to('override')[0]?.body).toEqual({ tier: 'enterprise', until: '2027-01-31T00:00Z', why: 'signed' });
    expect(textOf(find(act, '[role="alert"]'))).toContain('until lies in the future.');
    expect(all(act, 'form')).toHaveLength(1);
  });

  test('an override is shown, and can be taken back', async () => {
    const override = { tier: 'enterprise', author: 'sam', reason: 'signed', until: '2027-01-31T00:00:00Z' };
    api().on('acme', { ...accountAnswer(), override }).on('end', { status: 'done' });
    const account = await showAccount();
    expect(textOf(account)).toContain('sam set enterprise until');
    await confirm(account, 'Take the override back', 'they left');
    expect(api().to('end')[0]?.url).toBe('/api/billing/admin/accounts/acme/override/end');
  });
});

describe('the inbox', () => {
  test('a filter asks for what was chosen', async () => {
    api().on('events', eventsAnswer());
    const events = await show('<tg-admin-events></tg-admin-events>');
    find<HTMLSelectElement>(events, 'select').value = 'dead';
    find(events, 'form').dispatchEvent(new Event('submit', { cancelable: true }));
    await settle(events);
    expect(api().to('events').at(-1)?.url).toContain('state=dead&');
  });

  test('a payload is read when it is opened, and replayed with a reason', async () => {
    api().on('events', eventsAnswer()).on('evt_1', payloadAnswer()).on('replay', { status: 'done' });
    const events = await show('<tg-admin-events></tg-admin-events>');
    expect(api().to('evt_1')).toHaveLength(0);
    await press(events, 'Payload of evt_1');
    expect(textOf(find(events, 'pre'))).toContain('"url": "(hidden)"');
    await confirm(events, 'Replay', 'known now');
    expect(api().to('replay')[0]?.body).toEqual({ why: 'known now' });
    expect(api().to('events')).toHaveLength(2);
  });

  test('what was applied has no way to be replayed', async () => {
    api().on('events', eventsAnswer()).on('evt_1', { ...payloadAnswer(), can_replay: false });
    const events = await show('<tg-admin-events></tg-admin-events>');
    await press(events, 'Payload of evt_1');
    expect(all(events, 'tg-admin-act')).toHaveLength(0);
  });
});

describe('the drift', () => {
  test('a run shows what it found', async () => {
    api().on('drift', driftAnswer());
    const drift = await show('<tg-admin-drift></tg-admin-drift>');
    expect(textOf(drift)).toContain('Seats: 77 -> 3');
    await press(drift, 'Show what run 2 found');
    expect(api().to('drift').at(-1)?.url).toContain('run=2');
  });

  test('a dry run is followed until it has ended', async () => {
    vi.useFakeTimers();
    const [run] = driftAnswer().runs;
    api().on('drift', driftAnswer());
    const drift = await show('<tg-admin-drift></tg-admin-drift>');
    api().on('drift', { ...driftAnswer(), status: 'started' });
    await press(drift, 'Dry run now');
    api().on('drift', { ...driftAnswer(), runs: [{ ...run, run_id: 3, finished_at: null }, run] });
    await vi.advanceTimersByTimeAsync(2_000);
    await settle(drift);
    expect(textOf(drift)).toContain('running');
    api().on('drift', { ...driftAnswer(), runs: [{ ...run, run_id: 3 }, run] });
    await vi.advanceTimersByTimeAsync(2_000);
    await settle(drift);
    expect(textOf(drift)).not.toContain('running');
    const asked = api().to('drift').length;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(api().to('drift')).toHaveLength(asked);
  });

  test('before the first run that is said', async () => {
    api().on('drift', { runs: [], run: null, findings: [], next: null, alerts: [] });
    const said = textOf(await show('<tg-admin-drift></tg-admin-drift>'));
    expect(said).toContain('No reconcile has run yet.');
    expect(said).toContain('No alert is open.');
  });
});

describe('the figures', () => {
  test('stand as numbers, as charts that say in words what they show, and as tables', async () => {
    api().on('figures', figuresAnswer());
    const figures = await show('<tg-admin-figures></tg-admin-figures>');
    expect(textOf(figures)).toContain('Monthly recurring revenue US$60.00');
    expect(textOf(figures)).toContain('a twelfth of the price of a year');
    const charts = all(figures, 'figure');
    expect(charts).toHaveLength(5);
    expect(find(charts[0]!, 'svg[role="img"]').getAttribute('aria-label')).toBe(
      'Monthly recurring revenue. USD: US$40.00 at first, US$60.00 at last, US$60.00 at most.',
    );
    const rows = all(charts[0]!, 'tbody tr').map((row) => textOf(row));
    expect(rows).toEqual(['21 Nov 2026 US$60.00', '20 Nov 2026 US$40.00']);
  });

  test('lines differ by more than their colour', async () => {
    api().on('figures', figuresAnswer());
    const figures = await show('<tg-admin-figures></tg-admin-figures>');
    const usage = all(figures, 'figure').at(-1)!;
    expect(all(usage, '.plot .line').map((line) => line.getAttribute('class'))).toEqual(['line line-0', 'line line-1']);
    expect(all(usage, '.legend li').map((line) => textOf(line))).toEqual(['Fixes 3', 'Doc runs 0']);
  });

  test('without history there are no charts', async () => {
    api().on('figures', { ...figuresAnswer(), series: [] });
    expect(textOf(await show('<tg-admin-figures></tg-admin-figures>'))).toContain('Nothing has been written down yet.');
  });

  test('by month is another question', async () => {
    api().on('figures', figuresAnswer());
    const figures = await show('<tg-admin-figures></tg-admin-figures>');
    all<HTMLInputElement>(figures, 'input')[1]!.dispatchEvent(new Event('change'));
    await settle(figures);
    expect(api().to('figures').at(-1)?.url).toContain('by=month');
    expect(textOf(figures)).toContain('History begins on Nov 2026');
  });

  test.each([
    [[0], 'M0 158H600'],
    [[5, 10], 'M0 80H300L300 2H600'],
  ])('%j is drawn as steps', (values, path) => {
    expect(stepPath(values, Math.max(10, ...values))).toBe(path);
  });
});

describe('the log', () => {
  test('says who did what and why, and how it ended', async () => {
    api().on('actions', actionsAnswer());
    const said = textOf(await show('<tg-admin-actions></tg-admin-actions>'));
    expect(said).toContain('replay evt_1 · acme the customer is known now by admin@hydra.test');
  });

  test('the switch is turned with a reason', async () => {
    api().on('actions', actionsAnswer()).on('switch', { status: 'done' });
    const log = await show('<tg-admin-actions></tg-admin-actions>');
    await confirm(log, 'Switch billing off', 'an incident');
    expect(api().to('switch')[0]?.body).toEqual({ on: false, why: 'an incident' });
  });
});
