import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { expect, test } from 'vitest';
import { PlanTable, useBillingStatus, useFeature, useMeter } from './react';

function Page() {
  const known = [useBillingStatus(), useFeature('rules'), useMeter('fix')];
  const seen = known.map(({ isLoading }) => isLoading);
  return createElement('main', null, seen.join(), createElement(PlanTable, { interval: 'year', className: 'plans' }));
}

test('a server renders the empty elements, and hooks that are loading', () => {
  expect(typeof customElements).toBe('undefined');
  expect(renderToString(createElement(Page))).toBe(
    '<main>true,true,true<tg-plan-table class="plans"></tg-plan-table></main>',
  );
});
