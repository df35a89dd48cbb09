import { defineConfig } from '@playwright/test'

export default defineConfig({
  testDir: '.',
  // The pictures of the README take a minute and a half: `VIGIE_SCREENSHOT=1` makes them anew.
  testIgnore: process.env['VIGIE_SCREENSHOT'] === '1' ? [] : ['screens.spec.ts'],
  outputDir: '../../test-results/browser',
  // The machine is measured and its containers are counted: one page at a time.
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'line',
  use: {
    browserName: 'chromium',
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
      // Tests run as root, which Chromium's sandbox refuses, on machines without a GPU.
      args: ['--no-sandbox', '--disable-gpu'],
    },
  },
})
