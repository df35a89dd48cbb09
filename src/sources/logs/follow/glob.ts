import { readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** A pattern that cannot be read. */
export class GlobError extends Error {
  constructor(pattern: string, reason: string) {
    super(`Cannot read the pattern ${pattern}: ${reason}`)
    this.name = 'GlobError'
  }
}

/** A pattern of paths. */
export interface Glob {
  readonly isMatch: (path: string) => boolean
  /** The files that match, and the folders in which one that appears may match, as far as they are there. */
  readonly list: () => { readonly files: readonly string[]; readonly folders: readonly string[] }
}

type Part =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'pattern'; readonly pattern: RegExp }

/**
 * Reads a pattern of an absolute path as Go's `filepath.Match` does, which Datadog uses: `*` any text and `?` any character
 * within a name, `[a-z]` and `[^a-z]` one character, `\` takes the next one as it is. `**` is no more than `*`.
 * @throws {GlobError} If a bracket does not close, or is empty.
 * @see https://pkg.go.dev/path/filepath#Match
 */
export function readGlob(text: string): Glob {
  const parts = splitPath(text).map((name) => readPart(name, text))
  return {
    isMatch: (path) => {
      const names = splitPath(path)
      return names.length === parts.length && parts.every((part, at) => fits(part, names[at] ?? ''))
    },
    list: () => {
      const folders = new Set<string>()
      let found: readonly string[] = ['/']
      for (const part of parts) found = found.flatMap((folder) => listPart(folder, part, folders))
      return { files: found.filter(isFile).toSorted(), folders: [...folders] }
    },
  }
}

/** Whether a path has characters in it that make it a pattern. */
function isPattern(path: string): boolean {
  return /[*?[\\]/.test(path)
}

function splitPath(path: string): readonly string[] {
  return path.split('/').filter((name) => name !== '')
}

function readPart(name: string, text: string): Part {
  if (!isPattern(name)) return { kind: 'name', name }
  return { kind: 'pattern', pattern: new RegExp(`^${translate(name, text)}$`, 'su') }
}

function translate(name: string, text: string): string {
  const token = /\*|\?|\[(\^?)((?:\\.|[^\]\\])+)\]|\\(.)|([^[\\])|(.)/gsu
  const tokens = [...name.matchAll(token)]
  const translated = tokens.map(([all, not = '', set, literal, plain, bad]) => {
    if (bad !== undefined) throw new GlobError(text, `after ${bad} something is missing`)
    if (set !== undefined) return `[${not}${translateSet(set, text)}]`
    if (all === '*') return '.*'
    if (all === '?') return '.'
    return RegExp.escape(literal ?? plain ?? '')
  })
  return translated.join('')
}

function translateSet(set: string, text: string): string {
  const ranges = [...set.matchAll(/(?:\\(.)|([^\\]))(?:-(?:\\(.)|([^\\])))?/gsu)]
  return ranges
    .map(([, escapedFrom, plainFrom = '', escapedTo, plainTo]) => {
      const from = escapedFrom ?? plainFrom
      const to = escapedTo ?? plainTo ?? from
      if (to < from) throw new GlobError(text, `${from}-${to} is no range`)
      return `${RegExp.escape(from)}-${RegExp.escape(to)}`
    })
    .join('')
}

function fits(part: Part, name: string): boolean {
  return part.kind === 'name' ? part.name === name : part.pattern.test(name)
}

function listPart(folder: string, part: Part, folders: Set<string>): readonly string[] {
  if (part.kind === 'name') {
    const path = join(folder, part.name)
    // Where it is not there yet, the folder that it will be made in is watched.
    folders.add(dirname(path))
    return statSafely(path) === undefined ? [] : [path]
  }
  try {
    const names = readdirSync(folder).filter((name) => fits(part, name))
    folders.add(folder)
    return names.map((name) => join(folder, name))
  } catch {
    return []
  }
}

function isFile(path: string): boolean {
  return statSafely(path)?.isFile() ?? false
}

function statSafely(path: string): ReturnType<typeof statSync> | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false })
  } catch {
    return undefined
  }
}
