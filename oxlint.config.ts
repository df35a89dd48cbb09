import { defineConfig, type OxlintOverride } from 'oxlint'

/** Who may import whom, in the order data flows. ARCHITECTURE.md prints the same table. */
export const mayImport: Record<string, readonly string[]> = {
  model: [],
  wire: ['model'],
  telemetry: ['model'],
  component: ['model', 'telemetry'],
  config: ['model', 'component', 'telemetry'],
  docker: ['model', 'wire', 'telemetry'],
  libc: [],
  cgroup: ['model', 'wire', 'telemetry', 'libc'],
  sources: ['model', 'wire', 'component', 'telemetry', 'docker', 'libc', 'cgroup'],
  pipeline: ['model', 'component', 'telemetry'],
  sinks: ['model', 'wire', 'component', 'telemetry'],
  http: ['model', 'telemetry'],
  store: ['model', 'telemetry'],
  access: ['model', 'telemetry', 'http'],
  intake: ['model', 'wire', 'telemetry', 'http', 'store'],
  views: ['http', 'access'],
  query: ['model', 'telemetry', 'store'],
  dashboards: ['model', 'telemetry', 'query', 'api/contract'],
  api: ['model', 'telemetry', 'http', 'access', 'query', 'dashboards', 'views'],
  terminal: ['api/contract'],
}
const folders = [...Object.keys(mayImport), 'cli']

function layer(folder: string, allowed: readonly string[]): OxlintOverride {
  const forbidden = folders.filter((other) => other !== folder && !allowed.includes(other))
  // `api/contract` is let in where `api` is not.
  const within = allowed.filter((path) => path.includes('/')).map((path) => `!**/${path}/**`)
  const group = [...forbidden.map((other) => `**/${other}/**`), ...within]
  const message = `${folder}/ may import only: ${allowed.join(', ') || 'nothing'}`
  return {
    files: [`src/${folder}/**`],
    rules: {
      'no-restricted-imports': ['error', { patterns: [{ group, message }] }],
    },
  }
}

export default defineConfig({
  plugins: ['typescript', 'import', 'unicorn', 'promise', 'node', 'jsdoc'],
  categories: { correctness: 'error', suspicious: 'error' },
  options: { typeAware: true },
  ignorePatterns: ['**/dist', '**/node_modules', '/data', 'test-results', '.cache'],
  rules: {
    'import/no-cycle': 'error',
    'eslint/max-lines': ['error', { max: 400, skipComments: true, skipBlankLines: true }],
    'eslint/max-lines-per-function': [
      'error',
      { max: 60, skipComments: true, skipBlankLines: true },
    ],
    'eslint/max-params': ['error', { max: 3 }],
    'eslint/max-depth': ['error', 3],
    'eslint/complexity': ['error', 12],
    'eslint/no-await-in-loop': 'off',
    // Exhaustive switches return in every case; tsc checks that.
    'typescript/consistent-return': 'off',
    'jsdoc/require-yields': 'off',
    'import/no-unassigned-import': ['error', { allow: ['**/*.css'] }],
    'unicorn/filename-case': ['error', { case: 'kebabCase' }],
    'typescript/no-explicit-any': 'error',
    'typescript/switch-exhaustiveness-check': 'error',
    'typescript/only-throw-error': 'error',
    'typescript/explicit-module-boundary-types': 'error',
    'typescript/consistent-type-imports': 'error',
    'typescript/no-floating-promises': [
      'error',
      {
        allowForKnownSafeCalls: [
          { from: 'package', name: ['test', 'describe', 'suite', 'it'], package: 'node:test' },
        ],
      },
    ],
  },
  overrides: [
    ...Object.entries(mayImport).map(([folder, allowed]) => layer(folder, allowed)),
    {
      files: ['web/**'],
      rules: {
        'eslint/max-lines-per-function': [
          'error',
          { max: 90, skipComments: true, skipBlankLines: true },
        ],
      },
    },
    {
      files: ['**/*.test.ts', '**/*.test.tsx', 'test/**', 'bench/**'],
      rules: {
        'eslint/max-lines-per-function': 'off',
        'no-restricted-imports': 'off',
        'eslint/max-params': 'off',
        'unicorn/consistent-function-scoping': 'off',
        'eslint/complexity': 'off',
      },
    },
  ],
})
