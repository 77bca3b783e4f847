import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { BillingSummary, refreshBilling, useBillingStatus, useFeature, useMeter } from './react';
import { Host } from './testing/host';
import { leave, show } from './testing/page';

let host: Host;
let page = 0;
let api = '';

beforeEach(() => {
  host = new Host();
  // what is known is known to the whole page: each test has an API of its own
  api = `/billing-${++page}`;
});

afterEach(() => {
  leave();
  vi.unstubAllGlobals();
});

function Tier() {
  const { isLoading, data, error } = useBillingStatus(api);
  return <p>{isLoading ? 'loading' : error ? `${error.status} ${error.code}` : data.tierName}</p>;
}

function Fixes() {
  const { data } = useMeter('fix', api);
  return <p>{data ? `${data.used} of ${data.limit}${data.isReached ? ', reached' : ''}` : String(data)}</p>;
}

function Rest() {
  return <p>{[useFeature('rules', api).data, useMeter('nothing', api).data].join()}</p>;
}

const texts = (): (string | null)[] => [...document.querySelectorAll('p')].map((one) => one.textContent);

const statusCalls = (): number => host.asked.filter((url) => url === `${api}/status`).length;

test('hooks are loading, then have the value, by one question and one stream for all', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  host.open = promise;
  show([<Tier key={1} />, <Fixes key={2} />, <Rest key={3} />, <BillingSummary key={4} api={api} />]);
  await expect.poll(texts).toEqual(['loading', 'undefined', ',']);

  resolve();

  await expect.poll(texts).toEqual(['Free', '1 of 5', 'false,']);
  expect(statusCalls()).toBe(1);
  expect(host.streams).toHaveLength(1);
});

test('they follow what the server pushes, and what the page asks for', async () => {
  show([<Fixes key={1} />, <Rest key={2} />]);
  await expect.poll(texts).toEqual(['1 of 5', 'false,']);

  host.answers = { ...host.answers, features: ['rules'] };
  host.used = 4;
  host.streams[0]!.dispatchEvent(new Event('status'));
  await expect.poll(texts).toEqual(['4 of 5', 'true,']);
  expect(statusCalls()).toBe(2);

  host.used = 5;
  await refreshBilling(api);
  await expect.poll(texts).toEqual(['5 of 5, reached', 'true,']);
});

test('while billing is switched off the caller has every feature', async () => {
  host.answers = { billing_enabled: false };
  show(<Rest />);
  await expect.poll(texts).toEqual(['true,']);
});

test('a refusal is an error until an answer comes, and an answer stays while later ones fail', async () => {
  host.failure = { status: 503, body: { code: 'service_unavailable', title: 'Away', detail: '' } };
  show([<Tier key={1} />, <Fixes key={2} />]);
  await expect.poll(texts).toEqual(['503 service_unavailable', 'undefined']);

  host.failure = null;
  await refreshBilling(api);
  await expect.poll(texts).toEqual(['Free', '1 of 5']);

  host.failure = { status: 500, body: null };
  await refreshBilling(api);
  expect(texts()).toEqual(['Free', '1 of 5']);
});

test('the stream ends with the last of them', async () => {
  const render = show([<Tier key={1} />, <Fixes key={2} />]);
  await expect.poll(texts).toEqual(['Free', '1 of 5']);

  render([<Tier key={1} />]);
  await expect.poll(texts).toEqual(['Free']);
  expect(host.streams.map(({ readyState }) => readyState)).toEqual([1]);

  render([]);
  await expect.poll(() => host.streams.map(({ readyState }) => readyState)).toEqual([2]);
});
