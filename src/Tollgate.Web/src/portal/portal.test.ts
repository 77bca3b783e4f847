import { expect, test } from 'vitest';
import './portal';
import { find, json, settle, show, textOf, useApi } from '../testing/page';
import type { Portal } from './portal.component';

const api = useApi();
const stripe = 'https://billing.stripe.com/p/session/1';

async function showPortal(): Promise<{ portal: Portal; went: string[]; click: () => Promise<void> }> {
  const went: string[] = [];
  const portal = await show<Portal>('<tg-portal></tg-portal>', (one) => {
    one.navigate = (url) => went.push(url.href);
  });
  const click = async (): Promise<void> => {
    find(portal, 'button').click();
    await settle(portal);
  };
  return { portal, went, click };
}

test('opens a new session of the portal, once however often it is clicked', async () => {
  api().on('portal', { portal_url: stripe });
  const { portal, went, click } = await showPortal();
  find(portal, 'button').click();
  await click();
  await click();
  expect(went).toEqual([stripe]);
  expect(api().to('portal')).toHaveLength(1);
  expect(find(portal, 'button').getAttribute('aria-disabled')).toBe('true');
});

test('back from the portal, the next click opens another session', async () => {
  api().on('portal', { portal_url: stripe });
  const { portal, went, click } = await showPortal();
  await click();
  window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
  await settle(portal);
  await click();
  expect(went).toEqual([stripe, stripe]);
  expect(api().to('portal')).toHaveLength(2);
});

test.each(['https://billing.stripe.com.evil.test/', 'javascript:alert(1)', 'http://billing.stripe.com/'])(
  '%s is not followed',
  async (url) => {
    api().on('portal', { portal_url: url });
    const { portal, went, click } = await showPortal();
    await click();
    expect(went).toEqual([]);
    expect(textOf(find(portal, '[role="alert"]'))).toContain('a page that we do not know');
  },
);

test('a refusal is shown in place, and the button works again', async () => {
  api().on('portal', () => json(403, { code: 'billing_admin_required', detail: 'Ask an owner.' }));
  const { portal, went, click } = await showPortal();
  await click();
  expect(textOf(find(portal, '[role="alert"]'))).toBe('Ask an owner.');
  api().on('portal', { portal_url: stripe });
  await click();
  expect(went).toEqual([stripe]);
});

test('a host may open the page itself', async () => {
  api().on('portal', { portal_url: stripe });
  const { portal, went, click } = await showPortal();
  portal.addEventListener('tg-portal', (event) => event.preventDefault());
  await click();
  expect(went).toEqual([]);
  expect(find(portal, 'button').getAttribute('aria-disabled')).toBe('false');
});
