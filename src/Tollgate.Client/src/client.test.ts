import { expect, test } from 'vitest';
import { createTollgateClient, readProblem } from './client';

const baseUrl = 'http://host.test';
const problem = 'application/problem+json';

function answering(body: string | null, init: ResponseInit, seen: Request[] = []) {
  return createTollgateClient({
    baseUrl,
    fetch: async (request) => {
      seen.push(request);
      return new Response(body, init);
    },
  });
}

test('asks the path of the host, and answers its data', async () => {
  const seen: Request[] = [];
  const client = answering('{"kind":"free","limits":{"fixes":{"used":2}}}', { status: 200 }, seen);

  const { data, error } = await client.GET('/api/billing/status');

  expect(seen.map(({ method, url }) => `${method} ${url}`)).toEqual([`GET ${baseUrl}/api/billing/status`]);
  expect(data?.limits?.['fixes']?.used).toBe(2);
  expect(error).toBeUndefined();
});

test('a problem comes back with its own members', async () => {
  const sent = { type: 'about:blank', title: 'No', status: 409, detail: 'Wait.', code: 'quote_stale', more: 1 };
  const headers = { 'Content-Type': problem, 'Retry-After': '20' };
  const client = answering(JSON.stringify(sent), { status: 409, headers });

  const { error, response } = await client.POST('/api/billing/seats', { body: { seat_count: 2, preview: true } });

  expect(error).toEqual(sent);
  expect(response.headers.get('Retry-After')).toBe('20');
});

test.each([
  [401, null, { 'Content-Length': '0' }],
  [502, '<html>Bad gateway</html>', { 'Content-Type': 'text/html' }],
  [500, '["no problem"]', { 'Content-Type': 'application/json' }],
])('an answer of %i without a problem is one all the same', async (status, body, headers) => {
  const { error, data } = await answering(body, { status, headers }).GET('/api/billing/plans');

  expect(data).toBeUndefined();
  expect(error).toMatchObject({ status, code: `http_${status}`, detail: '' });
});

test('a problem of another endpoint of the host is read as well, and leaves the body to others', async () => {
  const sent = { status: 402, code: 'free_tier_limit_reached', title: 'Enough', detail: '', type: 'about:blank' };
  const response = new Response(JSON.stringify(sent), { status: 402, headers: { 'Content-Type': problem } });

  expect(await readProblem(response)).toEqual(sent);
  expect(await response.json()).toEqual(sent);
});

test('no answer is thrown, as fetch throws it', async () => {
  const client = createTollgateClient({ baseUrl, fetch: () => Promise.reject(new TypeError('fetch failed')) });

  await expect(client.GET('/api/billing/status')).rejects.toThrow('fetch failed');
});
