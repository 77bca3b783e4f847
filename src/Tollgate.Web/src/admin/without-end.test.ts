import { expect, test } from 'vitest';
import type { LitElement } from 'lit';
import '../admin';
import { accountAnswer, accountRow } from '../testing/admin-answers';
import { all, find, settle, show, textOf, useApi } from '../testing/page';

const api = useApi();

test('tiers that were set without an end are marked, and listed alone on request', async () => {
  const row = { ...accountRow(), is_overridden: true, override_until: null };
  api().on('accounts', { accounts: [row], next: null });
  const accounts = await show('<tg-admin-accounts></tg-admin-accounts>');
  expect(textOf(accounts)).toContain('override without end');
  find<HTMLInputElement>(accounts, '[name="without-end"]').checked = true;
  find(accounts, 'form').dispatchEvent(new Event('submit', { cancelable: true }));
  await settle(accounts);
  expect(api().to('accounts').at(-1)?.url).toBe('/api/billing/admin/accounts?without_end=true&');
});

test('an override without an end is asked for without one, and told as such', async () => {
  const override = { tier: 'enterprise', author: 'sam', reason: 'a contract', until: null };
  api().on('acme', { ...accountAnswer(), override }).on('override', { status: 'done' });
  const account = await show('<tg-admin-account account="acme"></tg-admin-account>');
  expect(textOf(account)).toContain('sam set enterprise without an end. a contract');
  find<HTMLSelectElement>(account, '#tier').value = 'enterprise';
  const act = all<LitElement>(account, 'tg-admin-act').find((one) => one.getAttribute('label') === 'Set a tier')!;
  find(act, 'button').click();
  await settle(account);
  find<HTMLInputElement>(act, '#why').value = 'a contract';
  find(act, 'form').dispatchEvent(new Event('submit', { cancelable: true }));
  await settle(account);
  expect(api().to('override')[0]?.body).toEqual({ tier: 'enterprise', until: null, why: 'a contract' });
});
