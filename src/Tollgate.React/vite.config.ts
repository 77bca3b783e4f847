import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromium, context } from '../Tollgate.Web/vite.browser.ts';

export default defineConfig({
  build: {
    lib: { entry: 'src/react.ts', formats: ['es'], fileName: 'react' },
    target: 'es2022',
    rolldownOptions: {
      external: [/^react/, '@lit/react', /^@tollgate\/web/],
      // Next.js renders what stands behind it in the browser as well
      output: { minify: true, banner: "'use client';" },
    },
  },
  test: {
    projects: [
      {
        test: { name: 'node', include: ['src/**/*.test.ts'], exclude: ['**/*.browser.test.*'] },
      },
      {
        test: {
          name: 'browser',
          include: ['src/**/*.browser.test.tsx'],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            instances: [{ browser: 'chromium' }],
            provider: playwright({ launchOptions: chromium, contextOptions: context }),
          },
        },
      },
    ],
  },
});
