import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromium, context, pictures } from './vite.browser.ts';

/** Each module is whole in itself: `vite build --mode admin` makes admin.js of src/admin.ts. */
const modules = ['tollgate', 'upgrade-prompt', 'admin', 'de', 'status', 'pages', 'gallery'];

/**
 * Templates are not code to a minifier. Their indentation goes before it looks (line ends stay, as white space), and in
 * style sheets whatever only a reader needs.
 */
const condense = {
  name: 'condense',
  enforce: 'pre' as const,
  transform: (code: string, id: string) =>
    /\/src\/.*\.ts$/.test(id) ? code.replace(/\n[ \t]+/g, '\n').replace(/\bcss`[^`]*`/g, condenseStyles) : null,
};

function condenseStyles(sheet: string): string {
  return sheet.replace(/\s*([{};,])\s*/g, '$1').replace(/: /g, ':').replace(/;}/g, '}');
}

export default defineConfig(({ command, mode }) => ({
  plugins: command === 'build' ? [condense] : [],
  build: {
    lib: {
      entry: `src/${modules.includes(mode) ? mode : 'tollgate'}.ts`,
      formats: ['es'],
      fileName: modules.includes(mode) ? mode : 'tollgate',
    },
    target: 'es2022',
    // overwritten in place, never emptied first: another build may be reading it
    emptyOutDir: false,
    rolldownOptions: { output: { minify: true } },
  },
  test: {
    projects: [
      {
        // a test reads the components' document
        server: { fs: { allow: ['../..'] } },
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
            provider: playwright({ launchOptions: chromium, contextOptions: context }),
            expect: { toMatchScreenshot: pictures },
          },
        },
      },
    ],
  },
}));
