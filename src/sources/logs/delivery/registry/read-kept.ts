import { readFile, rename } from 'node:fs/promises'
import { z } from 'zod'
import { Journal } from './journal.ts'
import { parseJournalLine, parseRegistry, type ParsedRegistry } from './parse-registry.ts'
import type { RegistryEntry } from './registry-entry.ts'
import type { RegistryOptions } from './registry.ts'

/** What is known at the start. */
export interface Kept {
  readonly entries: Map<string, RegistryEntry>
  readonly journal: Journal
}

/**
 * What the pointer file at `path` says, and then the journals that are newer. A file that cannot be read is set aside beside
 * it and told once; then nothing is known.
 */
export async function readKept(path: string, options: RegistryOptions): Promise<Kept> {
  const { folder, clock } = options
  const { entries, journal: first = Infinity } = await readRegistry(path, options)
  const files = await Journal.read(folder).catch(() => [])
  for (const { lines } of files.filter(({ number }) => number >= first))
    for (const line of lines)
      for (const [name, entry] of parseJournalLine(line, clock())) entries.set(name, entry)
  return { entries, journal: new Journal(folder, files) }
}

async function readRegistry(
  path: string,
  { clock, warn }: RegistryOptions,
): Promise<ParsedRegistry> {
  try {
    return parseRegistry(await readFile(path, 'utf8'), clock())
  } catch (error) {
    if (isMissing(error)) return { entries: new Map(), journal: 0 }
    const aside = `${path}.broken-${clock()}`
    const isAside = await rename(path, aside).then(
      () => true,
      () => false,
    )
    warn(
      `Cannot read the pointer file ${path}: ${firstLineOf(error)}; ${isAside ? `it is now ${aside}, and ` : ''}log files are read as if for the first time`,
    )
    return { entries: new Map(), journal: undefined }
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}

/** Of an error, for a sentence. */
export function firstLineOf(error: unknown): string {
  if (error instanceof z.ZodError) return z.prettifyError(error).replaceAll(/\s*\n\s*/g, ' ')
  const text = error instanceof Error ? error.message : String(error)
  return text.split('\n', 1)[0] ?? ''
}
