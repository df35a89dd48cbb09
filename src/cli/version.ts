import { readFileSync } from 'node:fs'

/** The version in package.json, `0.1.0`; found beside `src` in a clone and beside `dist` once installed. */
export function readVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  const manifest: { readonly version: string } = JSON.parse(text)
  return manifest.version
}
