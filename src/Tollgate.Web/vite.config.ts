import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';

const chromium = { executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-dev-shm-usage'] };

// two modules, each whole in itself: `vite build` makes tollgate.js, `vite build --mode admin` makes admin.js
export default defineConfig(({ mode }) => ({
  build: {
    lib: {
      entry: mode === 'admin' ? 'src/admin.ts' : 'src/tollgate.ts',
      formats: ['es'],
      fileName: mode === 'admin' ? 'admin' : 'tollgate',
    },
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
          // a zone with summer time, so that days are counted across it
          env: { TZ: 'Europe/Berlin' },
        },
      },
      {
        test: {
          name: 'browser',
          include: ['src/**/*.browser.test.ts'],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            instances: [{ browser: 'chromium' }],
            provider: playwright({ launchOptions: chromium }),
          },
        },
      },
    ],
  },
}));
