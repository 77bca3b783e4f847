import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import '../admin';
import '../tollgate';
import * as admin from '../testing/admin-answers';
import * as billing from '../testing/answers';
import { find, show, textOf, useApi } from '../testing/page';
import { administration, billing as exhibits } from './exhibits';
import { hostileName } from './state';

const api = useApi();
const broken: unknown[] = [];
const note = (event: Event): void => void broken.push(event);

beforeEach(() => {
  broken.length = 0;
  window.addEventListener('error', note);
  window.addEventListener('unhandledrejection', note);
  vi.stubGlobal('alert', () => broken.push('alert'));
});

afterEach(() => {
  window.removeEventListener('error', note);
  window.removeEventListener('unhandledrejection', note);
});

const html = '<!doctype html><title>502</title><script>alert(1)</script>';

/** What a server, or somebody in between, may answer instead of what was asked for. */
const answers: readonly (readonly [name: string, reply: () => Response | Promise<Response>])[] = [
  ['nothing at all', () => new Response(null, { status: 204 })],
  ['an empty text', () => new Response('')],
  ['half of a JSON', () => new Response('{"tier": "te')],
  ['null', () => new Response('null')],
  ['a list', () => new Response('[[[]]]')],
  ['a number', () => new Response('1e400')],
  ['objects of other types', () => new Response('{"tier": {}, "plans": "x", "accounts": {}, "events": 1}')],
  ['what no object should have', () => new Response('{"__proto__": {"tier": "free"}, "constructor": null}')],
  ['HTML with 200', () => new Response(html)],
  ['HTML with 500', () => new Response(html, { status: 500 })],
  ['a problem of other types', () => new Response('{"title": {}, "detail": [1], "code": 7}', { status: 409 })],
  ['an aborted answer', () => Promise.reject(new DOMException('aborted', 'AbortError'))],
  ['an answer that breaks off', () => new Response(new ReadableStream({ pull: (to) => to.error(new TypeError()) }))],
  ['a redirect to elsewhere', () => new Response(null, { status: 302, headers: { Location: 'javascript:alert(1)' } })],
];

const routes = ['plans', 'status', 'success', 'seats', 'upgrade', 'portal', 'checkout'];
const adminRoutes = ['accounts', 'acme', 'events', 'evt_1', 'drift', 'figures', 'actions'];
const components = [...exhibits, ...administration].map(
  ({ component, states }) => [component, states[0]!.markup] as const,
);

describe.each(components)('%s', (_component, markup) => {
  test.each(answers)('outlives %s', async (_name, reply) => {
    [...routes, ...adminRoutes].forEach((route) => api().on(route, reply));
    const element = await show(`<div>${markup}<p>The page</p></div>`);
    const shown = element.firstElementChild!;
    // everything that it asks for at first was answered, and drawn
    await Promise.all(api().pending);
    await expect.poll(() => shown.shadowRoot?.querySelector('[aria-busy="true"] .bone') ?? null).toBeNull();
    expect(textOf(element)).toContain('The page');
    expect(shown.shadowRoot?.querySelector('script, img, iframe') ?? null).toBeNull();
    expect(broken).toEqual([]);
  });
});

/** The answer with every text in it replaced by `text`, but for those that are read as codes or times. */
function everywhere(answer: unknown, text: string): unknown {
  const codes = /^(tier|status|interval|currency|id|plan|price_id|code|kind|state|account|event_id|next)$/;
  const times = /_at$|^(at|now|as_of|date|period_end|paid_through|past_due_since)$/;
  return JSON.parse(JSON.stringify(answer), (key, value: unknown) =>
    typeof value === 'string' && key !== '' && !codes.test(key) && !times.test(key) ? text : value,
  );
}

const good: Readonly<Record<string, () => unknown>> = {
  plans: billing.plansAnswer,
  status: billing.paidAnswer,
  success: () => ({ status: 'active' }),
  accounts: admin.accountsAnswer,
  acme: admin.accountAnswer,
  events: admin.eventsAnswer,
  evt_1: admin.payloadAnswer,
  drift: admin.driftAnswer,
  figures: admin.figuresAnswer,
  actions: admin.actionsAnswer,
};

test.each(components)('%s shows HTML in names as text', async (_component, markup) => {
  Object.entries(good).forEach(([route, answer]) => api().on(route, everywhere(answer(), hostileName)));
  const element = await show(`<div>${markup}</div>`);
  await Promise.all(api().pending);
  const inside = element.firstElementChild?.shadowRoot;
  await expect.poll(() => inside?.querySelector('[aria-busy="true"]') ?? null).toBeNull();
  expect(inside?.querySelector('script, img') ?? null).toBeNull();
  expect(broken).toEqual([]);
});

const urls = [
  'javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'http://checkout.stripe.com/c/pay',
  'https://checkout.stripe.com.evil.test/',
  'https://checkout.stripe.com@evil.test/',
  '//evil.test/',
  'https://evil.test/stripe.com',
  'blob:https://checkout.stripe.com/x',
  ' ',
];

describe.each(urls)('the address %j', (url) => {
  test('is not followed from the portal, nor from Checkout', async () => {
    const went = vi.fn();
    api().on('portal', { portal_url: url }).on('checkout', { checkout_url: url });
    api().on('plans', billing.plansAnswer()).on('status', billing.freeAnswer());
    const element = await show('<div><tg-portal></tg-portal><tg-plan-table></tg-plan-table></div>');
    await expect.poll(() => textOf(element)).toContain('Upgrade to Team');
    for (const child of element.children) {
      Object.assign(child, { navigate: went });
      child.addEventListener('tg-portal', went);
      child.addEventListener('tg-checkout', went);
    }
    find<HTMLElement>(element.children[0]!, 'button').click();
    find<HTMLElement>(element.children[1]!, '.plan.open .foot > .button').click();
    await expect.poll(() => textOf(element).match(/did not open it|made no sense/g)?.length).toBe(2);
    expect(went).not.toHaveBeenCalled();
  });

  test('is no link of the prompt', async () => {
    api().on('plans', billing.plansAnswer()).on('status', billing.freeAnswer(5));
    const prompt = await show('<tg-upgrade-prompt meter="fix"></tg-upgrade-prompt>', (one) =>
      Object.assign(one, { problem: { ...billing.limitProblem(), upgrade_url: url } }),
    );
    await expect.poll(() => prompt.shadowRoot?.querySelector('a') ?? null).not.toBeNull();
    const { protocol, origin } = find<HTMLAnchorElement>(prompt, 'a');
    expect([protocol, origin]).toEqual([location.protocol, location.origin]);
  });
});
