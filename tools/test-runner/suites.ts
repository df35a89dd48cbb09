import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { readPlaywright } from './read-playwright.ts'
import { readVitest } from './read-vitest.ts'
import { resultsFolder, type Suite } from './suite.ts'
import { readRecorded } from './read-recorded.ts'

const minuteMs = 60_000

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

/** Tests beside the code they test, and those that only reckon. */
export const unitSuite: Suite = {
  ...nodeSuite('unit', [
    'src/**/*.test.ts',
    'tools/**/*.test.ts',
    'test/dogstatsd/**/*.test.ts',
    'test/vm/*.test.ts',
  ]),
  limitMs: 25 * minuteMs,
  isBackground: true,
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

/** Flows that want no engine, and measure nothing that other work on the machine would spoil. */
const withoutEngine = [
  'access',
  'access-keys',
  'access-terminal',
  'access-tls',
  'datadog-intake',
  'faulty-intake',
  'hostile-requests',
  'many-hosts',
  'oidc',
  'remote-write',
  'secrets',
]

/** The whole program as it ships, with other programs on the wire and no engine. */
export const wireSuite: Suite = {
  ...nodeSuite('wire', [
    'test/network/**/*.test.ts',
    ...withoutEngine.map((name) => `test/flow/${name}.test.ts`),
  ]),
  limitMs: 20 * minuteMs,
  environment: { VIGIE_TEST_MAIN: shippedMain },
}

/** The whole program as it ships against a real engine, and the engine that the tests themselves start. */
export function flowSuite(dockerHost: string): Suite {
  const suite = nodeSuite('flow', [
    `test/flow/!(${withoutEngine.join('|')}).test.ts`,
    'test/engine/**/*.test.ts',
  ])
  const environment = { VIGIE_TEST_DOCKER_HOST: dockerHost, VIGIE_TEST_MAIN: shippedMain }
  return { ...suite, limitMs: 25 * minuteMs, environment }
}

/** Journeys through the page in Chromium, with a real engine behind it. */
export function browserSuite(dockerHost: string): Suite {
  const output = resolve(resultsFolder, 'browser')
  return {
    name: 'browser',
    // Playwright empties its output folder, so that must not be the one all suites share.
    command: [
      'playwright',
      'test',
      '--config=test/browser',
      '--reporter=line,json',
      `--output=${output}`,
    ],
    environment: {
      VIGIE_TEST_DOCKER_HOST: dockerHost,
      VIGIE_TEST_MAIN: shippedMain,
      PLAYWRIGHT_JSON_OUTPUT_FILE: resultsFile('browser'),
    },
    resultsFile: resultsFile('browser'),
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

function nodeSuite(name: string, patterns: readonly string[]): Suite {
  const reporters = [
    ['spec', 'stdout'],
    ['./tools/test-runner/record-results.ts', resultsFile(name)],
  ].flatMap(([reporter, to]) => [
    `--test-reporter=${reporter}`,
    `--test-reporter-destination=${to}`,
  ])
  return {
    name,
    command: ['node', '--test', '--test-timeout=120000', ...reporters, ...patterns],
    resultsFile: resultsFile(name),
    readResults: readRecorded,
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
