import { expect, test } from 'vitest';
import { type Answer, failed, ownProblem, succeeded } from './answer';
import { Feed } from './feed';

function slowFeed() {
  const open: ((answer: Answer<number>) => void)[] = [];
  const feed = new Feed<number>(() => new Promise((resolve) => open.push(resolve)));
  const shown: (Answer<number> | null)[] = [];
  feed.listen(() => shown.push(feed.current));
  return { feed, open, shown };
}

test('components that appear together ask once', async () => {
  const { feed, open } = slowFeed();
  const answers = Promise.all([feed.load(), feed.load()]);
  open[0]!(succeeded(1));
  expect(await answers).toEqual([succeeded(1), succeeded(1)]);
  await feed.load();
  expect(open).toHaveLength(1);
});

test('an older answer that comes late does not replace a newer one', async () => {
  const { feed, open, shown } = slowFeed();
  const older = feed.load();
  const newer = feed.refresh();
  open[1]!(succeeded(2));
  await newer;
  open[0]!(succeeded(1));
  await older;
  expect(feed.current).toEqual(succeeded(2));
  expect(shown).toEqual([succeeded(2)]);
});

test('a failed refresh keeps what was known, a failed first question is shown and can be retried', async () => {
  const { feed, open } = slowFeed();
  const problem = failed(ownProblem('unreachable'));
  const first = feed.load();
  open[0]!(problem);
  await first;
  expect(feed.current).toEqual(problem);
  const again = feed.retry();
  expect(feed.current).toBeNull();
  open[1]!(succeeded(3));
  await again;
  const refreshed = feed.refresh();
  open[2]!(problem);
  expect(await refreshed).toEqual(problem);
  expect(feed.current).toEqual(succeeded(3));
});
