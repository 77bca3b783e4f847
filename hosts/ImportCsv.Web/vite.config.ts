import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromium, context, pictures } from '../../src/Tollgate.Web/vite.browser.ts';

export default defineConfig({
  build: {
    lib: { entry: 'src/importer.ts', formats: ['es'], fileName: 'importer' },
    target: 'es2022',
    // overwritten in place, never emptied first: another build may be reading it
    emptyOutDir: false,
    rolldownOptions: { output: { minify: true } },
  },
  test: {
    projects: [
      {
        test: {
          name: 'dom',
          environment: 'happy-dom',
          include: ['src/**/*.test.ts'],
          exclude: ['**/*.browser.test.ts'],
        },
      },
      {
        test: {
          name: 'browser',
          include: ['src/**/*.browser.test.ts'],
          // what is waited for comes when the machine gets to it
          testTimeout: 120_000,
          expect: { poll: { timeout: 60_000 } },
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            instances: [{ browser: 'chromium' }],
            provider: playwright({ launchOptions: chromium, contextOptions: context }),
            expect: { toMatchScreenshot: pictures },
          },
        },
      },
    ],
  },
});
