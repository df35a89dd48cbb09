import { defineConfig } from '@playwright/test'

/** What measures, and wants the machine to itself. */
const budgets = ['log-frames.spec.ts', 'budgets.spec.ts']
/** What takes minutes, however busy the machine is. */
const heap = ['heap.spec.ts']

export default defineConfig({
  testDir: '.',
  projects: [
    {
      name: 'browser',
      // The pictures of the documentation take some minutes: `VIGIE_TEST_SCREENS=1` makes them anew.
      testIgnore: [
        ...budgets,
        ...heap,
        ...(process.env['VIGIE_TEST_SCREENS'] === '1' ? [] : ['screens.spec.ts']),
      ],
    },
    { name: 'heap', testMatch: heap },
    { name: 'budgets', testMatch: budgets },
  ],
  outputDir: '../../test-results/browser',
  // The machine is measured and its containers are counted: one page at a time.
  workers: 1,
  // Journeys run beside other suites: what has to come is waited for as long as a busy machine may take.
  timeout: 180_000,
  expect: { timeout: 30_000 },
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
