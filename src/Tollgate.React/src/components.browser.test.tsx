import { createElement, type ComponentType } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import * as wrappers from './components';
import { Host } from './testing/host';
import { element, leave, shadowText, show } from './testing/page';

const { PlanTable, SeatEditor } = wrappers;
/** What a component sets by itself, for the page's styles. */
const own = ['open'];

type Properties = ReadonlyMap<string, { readonly state?: boolean }>;

beforeAll(async () => {
  await customElements.whenDefined('tg-usage');
});

beforeEach(() => {
  new Host();
});

afterEach(() => {
  leave();
  vi.unstubAllGlobals();
});

test('a wrapper shows its component, with properties and attributes', async () => {
  const navigate = vi.fn();
  show(<PlanTable api="/a" interval="year" seats={3} navigate={navigate} className="plans" data-density="compact" />);

  await expect.poll(() => shadowText('tg-plan-table')).toContain('Business');
  const table = element<HTMLElement & Record<string, unknown>>('tg-plan-table');
  expect([table.api, table.interval, table.seats, table.navigate]).toEqual(['/a', 'year', 3, navigate]);
  expect([table.className, table.dataset['density']]).toEqual(['plans', 'compact']);
});

test('an event prop is called with what the user did, the newest one alone', async () => {
  const first = vi.fn();
  const second = vi.fn();
  const render = show(<SeatEditor value={3} onSeatsChange={first} />);
  const more = async (): Promise<void> => {
    await expect.poll(() => element('tg-seat-editor')?.shadowRoot?.querySelectorAll('button').length).toBe(2);
    element('tg-seat-editor').shadowRoot!.querySelectorAll('button')[1]!.click();
  };

  await more();
  expect(first.mock.calls.map(([event]) => event.detail)).toEqual([{ seats: 4 }]);

  render(<SeatEditor value={7} onSeatsChange={second} />);
  await expect.poll(() => element<HTMLElement & { value: number }>('tg-seat-editor').value).toBe(7);
  await more();
  expect(first).toHaveBeenCalledTimes(1);
  expect(second.mock.calls.map(([event]) => event.detail)).toEqual([{ seats: 8 }]);
});

test('what is set before the component is there is taken when it comes', async () => {
  const early = document.createElement('tg-later') as HTMLElement & { interval?: string };
  early.interval = 'year';
  document.body.append(early);
  const defined = customElements.get('tg-plan-table')!;
  customElements.define('tg-later', class extends defined {});

  await expect.poll(() => early.interval).toBe('year');
  expect(Object.hasOwn(early, 'interval')).toBe(false);
});

const wrapped = Object.values(wrappers).map((one) => [one.displayName!, one as ComponentType<object>] as const);

test('every component of the package is wrapped', () => {
  const names = wrapped.map(([tag]) => tag);
  expect(names).toHaveLength(11);
  expect(names.filter((tag) => !customElements.get(tag))).toEqual([]);
});

test.each(wrapped)('%s sets every property of its component, and no attribute instead, but the API', (tag, Wrapper) => {
  const { elementProperties } = customElements.get(tag) as unknown as { elementProperties: Properties };
  const names = [...elementProperties].flatMap(([name, { state }]) => (state || own.includes(name) ? [] : [name]));
  expect(names).toContain('api');

  const props = Object.fromEntries(names.map((name) => [name, 'x']));
  expect(renderToStaticMarkup(createElement(Wrapper, props))).toBe(`<${tag} api="x"></${tag}>`);
});
