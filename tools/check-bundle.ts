// Run after the build of the page: prints how much JavaScript a first visit loads and fails above the budget.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

/** What a first visit may load at most, gzipped. */
export const budgetBytes = 180_000

/** A script that the page loads before it shows anything. */
export interface InitialScript {
  readonly path: string
  readonly gzippedBytes: number
}

/**
 * The scripts that `index.html` of a built page names, as such or to be loaded early. Pages that are loaded when they
 * are opened are not among them.
 * @throws {Error} If the folder has no built page.
 */
export function measureInitialScripts(distFolder: string): readonly InitialScript[] {
  const html = readFileSync(join(distFolder, 'index.html'), 'utf8')
  const paths = [...html.matchAll(/(?:src|href)="\/([^"]+\.js)"/g)].map(([, path = '']) => path)
  return paths.map((path) => ({
    path,
    gzippedBytes: gzipSync(readFileSync(join(distFolder, path))).byteLength,
  }))
}

if (import.meta.main) {
  const scripts = measureInitialScripts(process.argv[2] ?? 'web/dist')
  const totalBytes = scripts.reduce((sum, script) => sum + script.gzippedBytes, 0)
  console.log(`Initial JavaScript: ${inKb(totalBytes)} gzipped of ${inKb(budgetBytes)}`)
  if (totalBytes === 0 || totalBytes > budgetBytes) process.exitCode = 1
}

function inKb(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`
}
