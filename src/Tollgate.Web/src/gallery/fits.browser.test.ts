import { page } from 'vitest/browser';
import { afterEach, expect, test } from 'vitest';
import '../admin';
import '../tollgate';
import { allStates, plainly, showState } from '../testing/exhibits';
import { useApi } from '../testing/page';

const api = useApi();
const overhang = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;

afterEach(plainly);

test.each(allStates)('nothing leaves the page, however narrow, large or turned round: %s', async (_name, state) => {
  const { documentElement: root } = document;
  await page.viewport(320, 640);
  await showState(state, api());
  expect(overhang(), '320 pixels').toBeLessThanOrEqual(0);
  root.dir = 'rtl';
  expect(overhang(), 'right to left').toBeLessThanOrEqual(0);
  root.dataset['density'] = 'compact';
  expect(overhang(), 'compact').toBeLessThanOrEqual(0);
  plainly();
  await page.viewport(640, 640);
  root.style.fontSize = '200%';
  expect(overhang(), 'at 200 %').toBeLessThanOrEqual(0);
});
