import { afterEach, expect, test, vi } from 'vitest';
import { bag, text } from './read';
import { get, post } from './request';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const name = (body: unknown) => text(bag(body, 'answer'), 'name');

function answer(status: number, body: string): void {
  vi.stubGlobal('fetch', async () => new Response(body, { status }));
}

test('a good answer is read', async () => {
  answer(200, '{"name":"x"}');
  expect(await get('/a', name)).toEqual({ ok: true, value: 'x' });
});

test('a refusal keeps the code and the words of the server', async () => {
  answer(409, '{"code":"already_subscribed","title":"T","detail":"D","status":409}');
  const problem = { code: 'already_subscribed', title: 'T', detail: 'D', status: 409 };
  expect(await post('/a', {}, name)).toEqual({ ok: false, problem });
});

test.each([
  [502, '<html>Bad gateway</html>', 'http_502'],
  [500, '', 'http_500'],
  [400, '{"code":5,"title":{},"detail":["x"]}', 'http_400'],
  [400, 'null', 'http_400'],
])('a refusal of %i with %s is told by its status', async (status, body, code) => {
  answer(status, body);
  expect(await get('/a', name)).toEqual({ ok: false, problem: { code, title: '', detail: '', status } });
});

test.each(['{"name":5}', '[]', '{}', 'not json', ''])('%s with 200 is a malformed answer', async (body) => {
  answer(200, body);
  expect(await get('/a', name)).toMatchObject({ ok: false, problem: { code: 'malformed_answer' } });
});

test('no network is a value, not an exception', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
  expect(await get('/a', name)).toMatchObject({ ok: false, problem: { code: 'unreachable', status: 0 } });
});

test('an answer that does not come is given up after 15 seconds', async () => {
  vi.useFakeTimers();
  const never = (_url: string, init: RequestInit) =>
    new Promise<Response>((_, reject) => init.signal?.addEventListener('abort', () => reject(new Error('aborted'))));
  vi.stubGlobal('fetch', never);
  const asked = get('/a', name);
  await vi.advanceTimersByTimeAsync(15_000);
  expect(await asked).toMatchObject({ ok: false, problem: { code: 'too_slow' } });
});
