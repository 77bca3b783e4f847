import axe from 'axe-core';
import { page } from 'vitest/browser';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import './importer';
import type { CsvImporter } from './importer/importer.component';
import { configAnswer } from './testing/answers';
import { find, useServer } from './testing/page';
import { reach, states } from './testing/states';

const server = useServer();

beforeEach(() => {
  document.title = 'Contacts';
  document.body.style.cssText = 'margin: 0; background: light-dark(#f6f6f3, #101215); color: light-dark(#000, #fff)';
});

afterEach(() => {
  document.documentElement.style.colorScheme = '';
  document.documentElement.dir = '';
});

describe.each(['light', 'dark'])('in the %s', (theme) => {
  test.each(states)('axe finds nothing in: %s', async (...state) => {
    document.documentElement.style.colorScheme = theme;
    await reach(state, server());
    const { violations } = await axe.run(document.body);
    expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
  });
});

test.each(states)('320 pixels are enough, in German too, for: %s', async (...state) => {
  await page.viewport(320, 640);
  const importer = await reach(state, server());
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(320);
  document.documentElement.lang = 'de';
  importer.requestUpdate();
  await importer.updateComplete;
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(320);
});

test.each(states)('right to left, nothing leaves the page: %s', async (...state) => {
  await page.viewport(375, 640);
  document.documentElement.dir = 'rtl';
  await reach(state, server());
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(375);
});

describe('the look', () => {
  const ink = (importer: CsvImporter) => getComputedStyle(importer).color;

  test('follows the page, data-theme and the tokens of the page', async () => {
    const importer = await reach(states[1]!, server());
    expect(ink(importer)).toBe('rgb(22, 24, 29)');
    importer.dataset['theme'] = 'dark';
    expect(ink(importer)).toBe('rgb(236, 238, 242)');
    importer.style.setProperty('--ic-ink', 'rgb(1, 2, 3)');
    expect(ink(importer)).toBe('rgb(1, 2, 3)');
  });

  test('takes the CSS of the importer, inside it and nowhere else', async () => {
    const css = 'h1, h2, .button { color: rgb(1, 2, 3) } @media all { h2 { letter-spacing: 4px } }';
    const styled = [200, { ...configAnswer(), custom_css: css }] as const;
    const importer = await reach(['styled', styled, async () => {}, 'Choose file'], server());
    expect(getComputedStyle(find(importer, '.button')).color).toBe('rgb(1, 2, 3)');
    expect(getComputedStyle(document.querySelector('h1')!).color).toBe('rgb(0, 0, 0)');
  });
});
