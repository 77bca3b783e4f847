import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { currentStatus, watchStatus } from './status';

/** Stands for the browser's EventSource, at the boundary to the network. */
class Source extends EventTarget {
  static all: Source[] = [];
  readyState = 1;

  constructor(readonly url: string) {
    super();
    Source.all.push(this);
  }

  close(): void {
    this.readyState = 2;
  }
}

let asked: string[] = [];
let tier = 'free';

beforeEach(() => {
  asked = [];
  Source.all = [];
  vi.useFakeTimers();
  vi.stubGlobal('EventSource', Source);
  vi.stubGlobal('fetch', async (url: string) => {
    asked.push(url);
    return Response.json({ kind: 'free', tier });
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('all who watch share one question, one stream and one clock', async () => {
  const tiers: (string | null)[] = [];
  const record = (): void => {
    const answer = currentStatus('/one');
    tiers.push(answer?.ok ? answer.value.tier : null);
  };
  expect(currentStatus('/one')).toBeNull();
  const stops = [watchStatus(record, '/one'), watchStatus(record, '/one'), watchStatus(record, '/one')];
  await vi.waitFor(() => expect(tiers).toEqual(['free', 'free', 'free']));
  expect(asked).toEqual(['/one/status']);

  tier = 'team';
  await vi.advanceTimersByTimeAsync(15_000);
  expect([tiers, asked.length]).toEqual([['free', 'free', 'free', 'team', 'team', 'team'], 2]);

  expect(Source.all.map(({ url }) => url)).toEqual(['/one/stream']);
  Source.all[0]!.dispatchEvent(new Event('status'));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked.length).toBe(3);

  // one that stops twice leaves the others their stream
  stops[0]!();
  stops[0]!();
  expect(Source.all[0]!.readyState).toBe(1);
  stops.slice(1).forEach((stop) => stop());
  expect(Source.all[0]!.readyState).toBe(2);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked.length).toBe(3);
});
