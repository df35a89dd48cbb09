import { join } from 'node:path'

/** Every bench, by the name to ask for it: `npm run bench -- watch-cost`. */
const benches: Readonly<Record<string, () => Promise<boolean>>> = {
  'collect-pass': async () => (await import('./collect-pass.ts')).benchCollectPass(),
  dogstatsd: async () => (await import('./dogstatsd/bench.ts')).benchDogstatsd(),
  fleet: async () => (await import('./fleet/bench.ts')).benchFleet(),
  'live-tabs': async () => (await import('./live-tabs/bench.ts')).benchLiveTabs(),
  'logs-agent': async () => (await import('./logs/agent.ts')).benchLogsAgent(),
  'logs-idle': async () => (await import('./logs/idle.ts')).benchLogsIdle(),
  'logs-store': async () => (await import('./logs/store/bench.ts')).benchLogsStore(),
  'run-totals': async () => (await import('./run-totals.ts')).benchRunTotals(),
  store: async () => (await import('./store/bench.ts')).benchStore(),
  top: async () => (await import('./top/bench.ts')).benchTop(),
  'watch-cost': async () => (await import('./watch-cost.ts')).benchWatchCost(),
}

// What is measured is what is shipped: run from source, the same program holds some 35 MB more.
process.env['VIGIE_TEST_MAIN'] ??= join(import.meta.dirname, '../dist/main.js')
const asked = process.argv.slice(2)
let isAllKept = true
for (const [name, bench] of Object.entries(benches)) {
  if (asked.length === 0 || asked.includes(name)) isAllKept = (await bench()) && isAllKept
}
process.exitCode = isAllKept ? 0 : 1
