/** How this package and ImportCsv.Web test in a browser, and take pictures. Data only: each has packages of its own. */

export const chromium = {
  executablePath: '/usr/bin/chromium',
  // letters drawn the same on every machine: no hinting, no colours of one screen
  args: [
    ...['--no-sandbox', '--disable-dev-shm-usage', '--force-color-profile=srgb'],
    ...['--font-render-hinting=none', '--disable-lcd-text'],
  ],
};

/** One place and time for every machine, and room enough for the largest picture without scaling it. */
export const context = { timezoneId: 'UTC', locale: 'en-US', viewport: { width: 1400, height: 4000 } };

/** Pictures of the components, one for each state: a missing one fails, as does one that differs to the eye. */
export const pictures = {
  comparatorName: 'pixelmatch' as const,
  comparatorOptions: { threshold: 0.2, allowedMismatchedPixelRatio: 0.01 },
  resolveScreenshotPath: ({ root, arg, ext }: { root: string; arg: string; ext: string }) =>
    `${root}/pictures/${arg}${ext}`,
  timeout: 60_000,
};
