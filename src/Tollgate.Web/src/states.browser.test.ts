import type { LitElement } from 'lit';
import { afterEach, describe, expect, test } from 'vitest';
import './tollgate';
import { freeAnswer, limitProblem, plansAnswer } from './testing/answers';
import { lookLike, plainly } from './testing/exhibits';
import { show, textOf, useApi } from './testing/page';
import type { UpgradePrompt } from './upgrade-prompt/upgrade-prompt.component';

const api = useApi();
const usage = '<tg-usage></tg-usage>';
const prompt = '<tg-upgrade-prompt meter="fix" noun="fix" nouns="fixes"></tg-upgrade-prompt>';

afterEach(plainly);

async function showIn(theme: 'light' | 'dark', markup: string, words: string): Promise<LitElement> {
  lookLike({ theme });
  const element = await show(markup);
  await expect.poll(() => textOf(element)).toContain(words);
  return element;
}

describe('the theme', () => {
  const ink = (element: Element) => getComputedStyle(element).color;

  test('follows data-theme, and without it the page and not the system', async () => {
    api().on('status', freeAnswer());
    const shown = await showIn('dark', usage, '0 of 5');
    expect(ink(shown)).toBe('rgb(236, 238, 242)');
    document.documentElement.dataset['theme'] = 'light';
    expect(ink(shown)).toBe('rgb(22, 24, 29)');
    delete document.documentElement.dataset['theme'];
    expect(ink(shown)).toBe('rgb(236, 238, 242)');
    document.documentElement.style.colorScheme = '';
    expect(ink(shown)).toBe('rgb(22, 24, 29)');
  });

  test('has more contrast and less room where that is asked for, above it or on it', async () => {
    api().on('status', freeAnswer());
    const shown = await showIn('light', usage, '0 of 5');
    document.documentElement.dataset['contrast'] = 'more';
    expect(ink(shown)).toBe('rgb(0, 0, 0)');
    const roomy = shown.getBoundingClientRect().height;
    shown.dataset['density'] = 'compact';
    expect(shown.getBoundingClientRect().height).toBeLessThan(roomy);
  });

  test('takes a token of the host', async () => {
    api().on('status', freeAnswer());
    const shown = await showIn('light', usage, '0 of 5');
    shown.style.setProperty('--tg-ink', 'rgb(1, 2, 3)');
    expect(ink(shown)).toBe('rgb(1, 2, 3)');
  });
});

test('a prompt takes no room before it is needed, and leaves the page around it alone', async () => {
  api().on('plans', plansAnswer()).on('status', freeAnswer(1));
  const shown = await show<UpgradePrompt>(prompt);
  expect(shown.getBoundingClientRect().height).toBe(0);
  shown.problem = limitProblem();
  await shown.updateComplete;
  expect(shown.getBoundingClientRect().height).toBeGreaterThan(40);
  expect(getComputedStyle(shown).position).toBe('static');
});

test('two modules that bring the same component live on one page', async () => {
  const before = customElements.get('tg-upgrade-prompt');
  await import('./upgrade-prompt');
  expect(customElements.get('tg-upgrade-prompt')).toBe(before);
});
