import { afterEach, describe, expect, test, vi } from 'vitest';
import { call, follow, link, make, price, returnPath } from './pages';

const origin = 'https://app.hydra.test';

afterEach(() => vi.unstubAllGlobals());

function answer(status: number, body: string): void {
  vi.stubGlobal('fetch', async () => new Response(body, { status }));
}

describe('a call of the host', () => {
  test.each([
    [200, '{"name":"x"}', { ok: true, status: 200, body: { name: 'x' } }],
    [402, '{"title":"T","detail":"D"}', { ok: false, status: 402, message: 'D' }],
    [402, '{"title":"T","detail":""}', { ok: false, message: 'T' }],
    [502, '<html></html>', { ok: false, body: null, message: "That didn't work (error 502). Try again in a moment." }],
    [500, 'null', { ok: false, body: null, message: "That didn't work (error 500). Try again in a moment." }],
    [400, '{"detail":[]}', { ok: false, message: "That didn't work (error 400). Try again in a moment." }],
  ])('that is answered %i with %s', async (status, body, called) => {
    answer(status, body);
    expect(await call('GET', '/a')).toMatchObject(called);
  });

  test('without a network is a sentence, too', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
    expect(await call('POST', '/a', { body: {} })).toMatchObject({ ok: false, status: 0, body: null });
  });
});

test.each([
  ['/repos?x=1', '/repos?x=1'],
  [null, '/'],
  ['/sign-in', '/'],
  ['//evil.test/', '/'],
  ['/\\evil.test/', '/'],
  ['/.//evil.test/', '/'],
  ['https://evil.test/', '/'],
  [`${origin}/repos`, '/'],
  ['javascript:alert(1)', '/'],
  ['http://[', '/'],
])('after signing in, %s leads to %s', (asked, path) => {
  expect(returnPath(asked, origin)).toBe(path);
});

test('an address that is not a page of Stripe is not followed', () => {
  expect(follow('https://evil.test/c/pay')).toBe(false);
});

test('text is never markup', () => {
  expect(make('p', { className: 'wrong' }, '<b>x</b>').outerHTML).toBe('<p class="wrong">&lt;b&gt;x&lt;/b&gt;</p>');
});

test('a link of the header says where one is', () => {
  const { pathname } = location;
  const place = { name: 'Here', path: pathname, under: [pathname] };
  expect(link(place).getAttribute('aria-current')).toBe('page');
  expect(link({ ...place, path: '/elsewhere' }).getAttribute('aria-current')).toBe('true');
  expect(link({ ...place, under: [] }).hasAttribute('aria-current')).toBe(false);
});

test.each([
  [4900, 'usd', '$49'],
  [4950, 'usd', '$49.50'],
  [499000, 'huf', 'HUF\u00a04,990'],
  [4900, 'jpy', '\u00a54,900'],
  [490000, 'ugx', 'UGX\u00a04,900'],
])('a price of %i %s reads %s', (minor, currency, shown) => {
  expect(price(minor, currency)).toBe(shown);
});
