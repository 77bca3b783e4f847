import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Live, LiveController } from './live';

/** Stands for the browser's EventSource, at the boundary to the network. */
class Source extends EventTarget {
  static readonly CLOSED = 2;
  static all: Source[] = [];
  readyState = 1;

  constructor(readonly url: string) {
    super();
    Source.all.push(this);
  }

  close(): void {
    this.readyState = Source.CLOSED;
  }
}

let hidden = false;
let received = 0;

beforeEach(() => {
  Source.all = [];
  hidden = false;
  received = 0;
  vi.stubGlobal('EventSource', Source);
  vi.spyOn(document, 'hidden', 'get').mockImplementation(() => hidden);
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const receive = (): void => void received++;

function turnTo(state: 'hidden' | 'visible'): void {
  hidden = state === 'hidden';
  document.dispatchEvent(new Event('visibilitychange'));
}

test('all components of a page share one stream, which ends with the last of them', () => {
  const live = new Live('/api/billing/stream');
  const stops = [live.listen(receive), live.listen(() => void received++)];
  expect(Source.all.map((source) => source.url)).toEqual(['/api/billing/stream']);
  Source.all[0]!.dispatchEvent(new Event('status'));
  expect([received, live.pushes]).toEqual([2, true]);
  stops.forEach((stop) => stop());
  expect([Source.all[0]!.readyState, live.pushes]).toEqual([2, false]);
});

test.each(['paused', 'error'])('%s ends the pushing and notifies once', (what) => {
  const live = new Live('/s');
  const stop = live.listen(receive);
  Source.all[0]!.dispatchEvent(new Event(what));
  expect(received).toBe(0);
  Source.all[0]!.dispatchEvent(new Event('status'));
  Source.all[0]!.dispatchEvent(new Event(what));
  Source.all[0]!.dispatchEvent(new Event(what));
  expect([received, live.pushes]).toEqual([2, false]);
  stop();
});

test('a page that is not seen holds no stream, and opens one when it is seen again', () => {
  const live = new Live('/s');
  const stop = live.listen(receive);
  turnTo('hidden');
  expect(Source.all[0]!.readyState).toBe(2);
  turnTo('visible');
  expect(Source.all).toHaveLength(2);
  stop();
  turnTo('hidden');
  turnTo('visible');
  expect(Source.all).toHaveLength(2);
});

test('a refused stream is tried again when the page is seen anew', () => {
  const live = new Live('/s');
  const stop = live.listen(receive);
  Source.all[0]!.close();
  turnTo('visible');
  expect(Source.all).toHaveLength(2);
  stop();
});

test('a browser without event streams is asked nothing of it', () => {
  vi.stubGlobal('EventSource', undefined);
  const live = new Live('/s');
  live.listen(receive)();
  expect(live.pushes).toBe(false);
});

test('a component whose API changes follows the other one, until it is gone', () => {
  vi.stubGlobal('fetch', () => new Promise(() => {}));
  let api = '/first';
  const controller = new LiveController({ addController: () => {} } as never, () => api);
  controller.hostConnected();
  controller.hostUpdate();
  api = '/second';
  controller.hostUpdate();
  expect(Source.all.map(({ url, readyState }) => `${url} ${readyState}`)).toEqual([
    '/first/stream 2',
    '/second/stream 1',
  ]);

  controller.hostDisconnected();
  api = '/third';
  controller.hostUpdate();
  expect(Source.all.map(({ readyState }) => readyState)).toEqual([2, 2]);
});
