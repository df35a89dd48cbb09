import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { readPlaywright } from './read-playwright.ts'
import { readVitest } from './read-vitest.ts'
import { resultsFolder, type Suite } from './suite.ts'
import { readRecorded } from './read-recorded.ts'

const minuteMs = 60_000

/** Each file of tests is a process: what one has compiled the others find. It halves what starting them takes. */
const compiledOnce = { NODE_COMPILE_CACHE: resolve('.cache/compile') }

/** Suites run side by side: what comes at once on a quiet machine may take longer. */
const patient = { VIGIE_TEST_PATIENCE: '5' }

/** The shipped program and page, as `make run` builds them. */
export const buildSuite: Suite = commandSuite('build', [
  'make --no-print-directory dist/main.js web/dist/index.html',
])

/** What `npm run check` looks at besides the tests. */
export function staticSuite(): Suite {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'))
  const parts = String(scripts.check).split(' && ')
  return commandSuite(
    'static',
    parts.filter((part) => !part.startsWith('npm run unit')),
  )
}

const unitTests = [
  'src/**/*.test.ts',
  'tools/**/*.test.ts',
  'test/dogstatsd/**/*.test.ts',
  'test/vm/*.test.ts',
]

/** Tests beside the code they test, and those that only reckon. */
export const unitSuite: Suite = {
  ...nodeSuite('unit', unitTests, { filesAtOnce: 2 }),
  limitMs: 25 * minuteMs,
}

/** Tests beside the page's code. */
export const webSuite: Suite = {
  name: 'web',
  command: [
    'npm',
    'run',
    'unit',
    '--workspace',
    'web',
    '--',
    '--reporter=default',
    ...vitestOutput('web'),
  ],
  resultsFile: resultsFile('web'),
  readResults: readVitest,
  limitMs: 3 * minuteMs,
}

const shippedMain = resolve('dist/main.js')

/**
 * Flows that measure nothing, and want no engine or have one of their own. Those that put devices into the machine's network
 * are among them: Chromium gives up what is on its way when that changes.
 */
const onTheWire = [
  'access',
  'access-keys',
  'access-terminal',
  'access-tls',
  'bad-network',
  'datadog-intake',
  'dogstatsd-clients',
  'faulty-intake',
  'hostile-requests',
  'many-hosts',
  'oidc',
  'remote-write',
  'secrets',
]

/** Flows that take something away from the program: its engine, its server, its store, its disk, the program itself. */
const faults = [
  'backup',
  'disk-full',
  'dogstatsd-faults',
  'engine-faults',
  'logs-chaos',
  'logs-faults',
  'server-faults',
  'start-faults',
  'store-killed',
]

/** The whole program as it ships, with other programs and whole networks on the wire. */
export const wireSuite: Suite = shippedSuite('wire', [
  'test/network/**/*.test.ts',
  ...flows(onTheWire),
])

/** The whole program as it ships, when what it needs is missing, full, restarted or killed. */
export const faultSuite: Suite = shippedSuite('faults', flows(faults))

/** The whole program as it ships against a real engine, and the engine that the tests themselves start. */
export function flowSuite(dockerHost: string): Suite {
  const others = `test/flow/!(${[...onTheWire, ...faults].join('|')}).test.ts`
  return shippedSuite('flow', [others, 'test/engine/**/*.test.ts'], dockerHost)
}

/** Journeys through the page in Chromium, with a real engine behind it. */
export function browserSuite(dockerHost: string): Suite {
  return { ...playwrightSuite('browser', dockerHost), limitMs: 20 * minuteMs }
}

/** What the page keeps in memory, over as many seconds as ten minutes have. */
export const heapSuite: Suite = { ...playwrightSuite('heap'), limitMs: 25 * minuteMs }

/** What the page may cost, measured in Chromium. */
export const budgetSuite: Suite = playwrightSuite('budgets')

function playwrightSuite(name: 'browser' | 'heap' | 'budgets', dockerHost = ''): Suite {
  const output = resolve(resultsFolder, name)
  return {
    name,
    // Playwright empties its output folder, so that must not be the one all suites share.
    command: [
      'playwright',
      'test',
      '--config=test/browser',
      `--project=${name}`,
      '--reporter=line,json',
      `--output=${output}`,
    ],
    environment: {
      VIGIE_TEST_DOCKER_HOST: dockerHost,
      VIGIE_TEST_MAIN: shippedMain,
      PLAYWRIGHT_JSON_OUTPUT_FILE: resultsFile(name),
    },
    resultsFile: resultsFile(name),
    readResults: readPlaywright,
    limitMs: 10 * minuteMs,
  }
}

/** The shipped agent on cgroup v2, in a virtual machine. */
export const machineSuite: Suite = {
  name: 'vm',
  command: ['node', 'test/vm/run-vm-tests.ts', resultsFile('vm')],
  resultsFile: resultsFile('vm'),
  readResults: readRecorded,
  limitMs: 20 * minuteMs,
}

function flows(names: readonly string[]): readonly string[] {
  return names.map((name) => `test/flow/${name}.test.ts`)
}

function shippedSuite(name: string, patterns: readonly string[], dockerHost = ''): Suite {
  const shipped = { VIGIE_TEST_DOCKER_HOST: dockerHost, VIGIE_TEST_MAIN: shippedMain }
  const suite = nodeSuite(name, patterns, { testLimitS: 300 })
  return { ...suite, limitMs: 25 * minuteMs, environment: { ...suite.environment, ...shipped } }
}

/** Tests under Node's own runner. Tests and groups of them set no limits of their own: this machine's load is not theirs to know. */
function nodeSuite(
  name: string,
  patterns: readonly string[],
  { filesAtOnce = 1, testLimitS = 120 } = {},
): Suite {
  const reporters = [
    ['spec', 'stdout'],
    ['./tools/test-runner/record-results.ts', resultsFile(name)],
  ].flatMap(([reporter, to]) => [
    `--test-reporter=${reporter}`,
    `--test-reporter-destination=${to}`,
  ])
  return {
    name,
    command: [
      'node',
      '--test',
      `--test-timeout=${testLimitS * 1000}`,
      '--import=./tools/test-runner/end-after-tests.ts',
      `--test-concurrency=${filesAtOnce}`,
      ...reporters,
      ...patterns,
    ],
    resultsFile: resultsFile(name),
    readResults: readRecorded,
    environment: { ...compiledOnce, ...patient },
    limitMs: 5 * minuteMs,
  }
}

function commandSuite(name: string, commands: readonly string[]): Suite {
  return {
    name,
    command: ['node', 'tools/test-runner/run-commands.ts', resultsFile(name), ...commands],
    resultsFile: resultsFile(name),
    readResults: readRecorded,
    limitMs: 5 * minuteMs,
  }
}

function vitestOutput(name: string): string[] {
  // vitest runs in web/, so the path goes from there.
  return ['--reporter=json', `--outputFile.json=${join('..', resultsFile(name))}`]
}

function resultsFile(name: string): string {
  return join(resultsFolder, `${name}.results.json`)
}
