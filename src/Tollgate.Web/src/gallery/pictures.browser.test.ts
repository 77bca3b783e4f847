import '@fontsource-variable/inter/wght.css';
import type { LitElement } from 'lit';
import { page } from 'vitest/browser';
import { afterEach, beforeAll, expect, test } from 'vitest';
import '../admin';
import '../tollgate';
import { allStates, stillness } from '../testing/exhibits';
import { show, textOf, useApi } from '../testing/page';

const api = useApi();
const font = "'Inter Variable'";

// the machine's own fonts are on no picture
beforeAll(async () => {
  await Promise.all([400, 500, 600, 650, 700].map((weight) => document.fonts.load(`${weight} 16px ${font}`)));
});

afterEach(() => document.body.removeAttribute('style'));

const frame = (theme: string, markup: string) => `<div data-theme="${theme}"
  style="color-scheme: ${theme}; background: light-dark(#f6f6f3, #101215); padding: 16px">${markup}</div>`;

const inAmerican = (words: string) => words.replace('US$', '$').replace('21 Nov 2027', 'Nov 21, 2027');

test.each(allStates)('looks as on its picture: %s', async (name, state) => {
  const [component = '', own = ''] = name.split(', ', 1).concat(name.slice(name.indexOf(', ') + 2));
  const isWide = component === 'tg-plan-table' || component === 'tg-admin-figures';
  await page.viewport(isWide ? 840 : component.startsWith('tg-admin') ? 760 : 480, 3600);
  document.documentElement.lang = 'en-US';
  document.body.style.cssText = `margin: 0; font-family: ${font}; --tg-mono-font-family: ${font}`;
  state.answer(api());
  const frames = ['light', 'dark'].map((theme) => frame(theme, state.markup)).join('');
  const both = await show<LitElement>(`<main data-testid="both">${frames}</main>`);
  for (const element of both.querySelectorAll<LitElement>('main > div > *')) {
    await state.act?.(element);
    await expect.poll(() => textOf(element)).toContain(inAmerican(state.words));
  }
  (document.activeElement as HTMLElement | null)?.blur();
  await stillness();
  await expect(page.getByTestId('both')).toMatchScreenshot(`${component}/${own.replace(/[^a-z0-9]+/gi, '-')}`);
});
