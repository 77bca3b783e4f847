import axe from 'axe-core';
import { afterEach, expect, test } from 'vitest';
import '../admin';
import '../tollgate';
import { allStates, lookLike, plainly, showState, stillness } from '../testing/exhibits';
import { useApi } from '../testing/page';

const api = useApi();
const otherLooks = [
  { theme: 'dark' },
  { theme: 'light', contrast: 'more' },
  { theme: 'dark', contrast: 'more' },
] as const;

afterEach(plainly);

async function findings(rules?: string[]): Promise<unknown[]> {
  const { violations } = await axe.run(document.body, rules ? { runOnly: rules } : {});
  return violations.map(({ id, nodes }) => [id, nodes.map((node) => `${node.html} ${node.failureSummary}`)]);
}

test.each(allStates)('axe finds nothing in any look of: %s', async (_name, state) => {
  lookLike({ theme: 'light' });
  await showState(state, api());
  expect(await findings()).toEqual([]);
  for (const look of otherLooks) {
    plainly();
    lookLike(look);
    await stillness();
    // what is not seen stays as it was
    expect([look, await findings(['color-contrast'])]).toEqual([look, []]);
  }
});
