import { afterEach, describe, expect, test, vi } from 'vitest';
import { de } from '../text/de';
import { en } from '../text/en';
import { Format } from '../text/format';
import { problemText } from '../text/problem-text';
import { ownProblem, readProblem } from './answer';
import { fetchConfig } from './config';
import { serverLink } from './links';

const { signal } = new AbortController();

afterEach(() => {
  vi.unstubAllGlobals();
});

function answer(status: number, body: string): void {
  vi.stubGlobal('fetch', vi.fn(async () => new Response(body, { status })));
}

describe('the config', () => {
  test('is read, and unknown fields are ignored', async () => {
    const limits = { imports: { used: 3, limit: 100 }, rows_per_import: 10, resets_at: '2026-12-01T00:00:00Z' };
    answer(200, JSON.stringify({ columns: [{ key: 'a' }], limits, showBranding: false, more: {} }));
    const config = await fetchConfig('http://host.test', 'imp/1', signal);
    expect(config).toMatchObject({ ok: true, value: { rowsMax: 10, importsMax: 100, showBranding: false } });
    expect(vi.mocked(fetch).mock.calls[0]![0]).toBe('http://host.test/api/v1/importers/imp%2F1/config');
    expect(vi.mocked(fetch).mock.calls[0]![1]).toMatchObject({ credentials: 'omit' });
  });

  test('keeps the badge when nothing is said of it', async () => {
    answer(200, '{"columns":[{"key":"a"}]}');
    const config = await fetchConfig('http://host.test', 'k', signal);
    expect(config).toMatchObject({ ok: true, value: { showBranding: true, rowsMax: null, canImport: true } });
  });

  test.each([
    '',
    '<html>',
    '[]',
    'null',
    '{}',
    '{"columns":{}}',
    '{"columns":[]}',
    '{"columns":[{"key":"a","label":{}}]}',
    '{"columns":[{"key":"a"}],"showBranding":"no"}',
    '{"columns":[{"key":"a"}],"limits":7}',
    '{"columns":[{"key":"a"}],"limits":{"rows_per_import":-1}}',
  ])('is refused as malformed: %j', async (body) => {
    answer(200, body);
    expect(await fetchConfig('http://host.test', 'k', signal)).toMatchObject({ problem: { code: 'malformed_answer' } });
  });

  test.each([
    [404, '{"code":"importer_not_found"}', 'importer_not_found'],
    [403, '{"code":7}', 'http_403'],
    [502, '<html>', 'http_502'],
  ])('that is refused with %i is a problem', async (status, body, code) => {
    answer(status, body);
    expect(await fetchConfig('http://host.test', 'k', signal)).toMatchObject({ problem: { code, status } });
  });

  test('that never comes is a problem too', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
    expect(await fetchConfig('http://host.test', 'k', signal)).toMatchObject({ problem: { code: 'unreachable' } });
  });
});

describe('a link that the server names', () => {
  test.each([
    ['/settings/billing', 'http://host.test/settings/billing'],
    ['http://host.test/a', 'http://host.test/a'],
    ['https://app.test/plans', 'https://app.test/plans'],
    ['//app.test/plans', 'http://app.test/plans'],
    ['mailto:sales@host.test', null],
    ['file:///etc/passwd', null],
    ['javascript:alert(1)', null],
    ['JaVaScRiPt:alert(1)', null],
    ['data:text/html,x', null],
    ['http://[', null],
    [null, null],
  ])('%s leads to %s', (link, href) => {
    expect(serverLink(link, 'http://host.test')).toBe(href);
  });
});

describe('a problem', () => {
  const text = (code: string, more = {}) => problemText(ownProblem(code, more), en, new Format('en-GB'));

  test('of the server is read without trust', () => {
    const problem = readProblem(402, { code: 'x', limit: '9', line: 1.5, resets_at: 'soon', upgrade_url: 7 });
    expect(problem).toMatchObject({ limit: null, line: null, resetsAt: null, upgradeUrl: null, status: 402 });
    expect(readProblem(500, null)).toMatchObject({ code: 'http_500', detail: '' });
  });

  test.each([
    [text('csv_malformed', { line: 1200 }), /^Line 1,200: a quotation mark/],
    [text('row_limit_exceeded', { limit: 10_000 }), /^An import may have 10,000 rows\. Split/],
    [text('import_in_progress', { detail: 'send it under another key' }), /^The server is still busy/],
    [text('import_limit_reached', { limit: 100 }), /^All 100 imports of this month are used\.$/],
    [text('import_limit_reached', { resetsAt: new Date(2026, 11, 1) }), /^Importing opens again on 1 December\.$/],
    [text('brand_new', { detail: 'Said by the server.' }), /^Said by the server\.$/],
    [text('brand_new', { status: 418 }), /error 418/],
    [text('constructor', { status: 500 }), /error 500/],
  ])('reads: %s', (sentence, expected) => {
    expect(sentence).toMatch(expected);
  });
});

test('no sentence of one language is missing in the other', () => {
  const shape = (value: unknown): unknown =>
    typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, shape(each)]))
      : typeof value;
  expect(shape(de)).toEqual(shape(en));
  expect(Object.values(de).filter((value) => value === '')).toEqual([]);
});
