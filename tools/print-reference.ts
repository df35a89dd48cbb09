import { writeFileSync } from 'node:fs'
import { components } from '../src/cli/load-settings.ts'
import { printReference } from '../src/config/print-reference.ts'
import { printExportedMetrics } from './print-exported-metrics.ts'
import { printIntakeMapping } from './print-intake-mapping.ts'
import { printIntakeRoutes } from './print-intake-routes.ts'
import { printMetrics } from './print-metrics.ts'

/** The pages in docs/reference that are printed from the program, by their place in the repository. */
export const pages = [
  { file: 'docs/reference/configuration.md', print: () => printReference(components) },
  { file: 'docs/reference/metrics.md', print: printMetrics },
  { file: 'docs/reference/exported-metrics.md', print: printExportedMetrics },
  { file: 'docs/reference/intake-routes.md', print: printIntakeRoutes },
  { file: 'docs/reference/intake-mapping.md', print: printIntakeMapping },
] as const

/** Where a page lies, whatever folder the tool is run from. */
export function toUrl(file: string): URL {
  return new URL(`../${file}`, import.meta.url)
}

if (import.meta.main) {
  for (const { file, print } of pages) writeFileSync(toUrl(file), print())
}
