import '@fontsource-variable/inter/wght.css';
import { page } from 'vitest/browser';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import './importer';
import { useServer } from './testing/page';
import { reach, states } from './testing/states';

const server = useServer();
const font = "'Inter Variable'";

// the machine's own fonts are on no picture
beforeAll(async () => {
  await Promise.all([400, 500, 600, 650, 700].map((weight) => document.fonts.load(`${weight} 16px ${font}`)));
});

beforeEach(() => page.viewport(680, 2400));

test.each(states)('looks as on its pictures: %s', async (...state) => {
  const importer = await reach(state, server());
  const main = importer.parentElement!;
  main.dataset['testid'] = 'frame';
  main.style.cssText = `padding: 16px; font-family: ${font}; background: light-dark(#f6f6f3, #101215)`;
  main.querySelector('h1')!.hidden = true;
  (document.activeElement as HTMLElement | null)?.blur();
  for (const theme of ['light', 'dark']) {
    main.dataset['theme'] = main.style.colorScheme = theme;
    await importer.updateComplete;
    await expect(page.getByTestId('frame')).toMatchScreenshot(`${theme}/${state[0].replace(/[^a-z]+/g, '-')}`);
  }
});
