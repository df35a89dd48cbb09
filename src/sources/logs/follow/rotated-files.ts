import { readdirSync, statSync } from 'node:fs'
import { basename, dirname, extname, join } from 'node:path'
import type { FollowRequest } from './follow.ts'
import { keyOf } from './segment.ts'

type Rotation = FollowRequest['rotation']

/** One of the files of an origin, as a folder shows it. */
export interface ListedFile {
  readonly path: string
  readonly key: string
  readonly isCompressed: boolean
  readonly sizeBytes: number
  readonly writtenAtNs: bigint
}

interface RotatedName {
  readonly name: string
  readonly bare: string
  /** What comes first was written first. */
  readonly order: string
}

const compressedEnd = '.gz'
const maxTries = 5
/** Above every number of a rotation, with as many digits as what is left of it. */
const oldest = 9_999_999
const suffixes: Readonly<Record<Rotation, RegExp>> = {
  numbered: /^\.[1-9]\d{0,5}$/,
  stamped: /^\.\d{8}-\d{6}$/,
  // Of logrotate and those like it: a number, a date with or without a time.
  any: /^(?:[.-]\d[\d._T-]*|\.old|\.bak|~)$/,
}

/**
 * The files of an origin, the oldest first, the one that is written to now last: `path`, if it is there. A file that lies
 * there compressed and not is told once, as it is: compressing it has not ended.
 *
 * Docker renames `.1` to `.2` and so on, the oldest first, then the file to `.1`, then makes it anew, and meanwhile compresses
 * `.1` into `.1.gz`; the kubelet renames to `.<time>` and compresses by way of `.tmp`.
 * @see https://github.com/moby/moby/blob/master/daemon/logger/loggerutils/logfile.go
 * @see https://github.com/kubernetes/kubernetes/blob/master/pkg/kubelet/logs/container_log_manager.go
 */
export function listFiles(path: string, rotation: Rotation): readonly ListedFile[] {
  let files = listOnce(path, rotation)
  // A rotation between two looks at names would hide a file: only what was seen twice is believed.
  for (let tries = 1; tries < maxTries; tries += 1) {
    const again = listOnce(path, rotation)
    if (isEqual(files, again)) return again
    files = again
  }
  return files
}

/** What is at that path now; `undefined` if there is nothing, or it may not be seen. */
export function lookAt(path: string): ListedFile | undefined {
  try {
    const stat = statSync(path, { bigint: true, throwIfNoEntry: false })
    return (
      stat && {
        path,
        key: keyOf(stat),
        isCompressed: path.endsWith(compressedEnd),
        sizeBytes: Number(stat.size),
        writtenAtNs: stat.mtimeNs,
      }
    )
  } catch {
    return undefined
  }
}

function listOnce(path: string, rotation: Rotation): readonly ListedFile[] {
  const folder = dirname(path)
  const rotated = listNames(folder, path, rotation)
    .map(({ name }) => lookAt(join(folder, name)))
    .filter((file) => file !== undefined)
  if (rotation === 'any') rotated.sort((a, b) => Number(a.writtenAtNs - b.writtenAtNs))
  const current = lookAt(path)
  return current === undefined ? rotated : [...rotated, { ...current, isCompressed: false }]
}

function listNames(folder: string, path: string, rotation: Rotation): readonly RotatedName[] {
  const base = basename(path)
  const names = readNames(folder)
    .filter((name) => name !== base)
    .map((name) => readName(name, base, rotation))
    .filter((name) => name !== undefined)
  const plain = new Set(names.filter(({ name, bare }) => name === bare).map(({ bare }) => bare))
  return names
    .filter(({ name, bare }) => name === bare || !plain.has(bare))
    .toSorted((a, b) => (a.order < b.order ? -1 : 1))
}

function readName(name: string, base: string, rotation: Rotation): RotatedName | undefined {
  const bare = name.endsWith(compressedEnd) ? name.slice(0, -compressedEnd.length) : name
  const suffix = readSuffix(bare, base)
  if (suffix === undefined || !suffixes[rotation].test(suffix)) return undefined
  // The highest number is the oldest, and so is the lowest date.
  const order = /^.\d{1,6}$/.test(suffix)
    ? String(oldest - Number(suffix.slice(1)))
    : suffix.slice(1)
  return { name, bare, order }
}

/** What a rotation has put behind the name, or before its extension. */
function readSuffix(bare: string, base: string): string | undefined {
  if (bare.startsWith(base)) return bare.slice(base.length)
  const extension = extname(base)
  const stem = base.slice(0, base.length - extension.length)
  if (extension === '' || !bare.startsWith(stem) || !bare.endsWith(extension)) return undefined
  return bare.slice(stem.length, bare.length - extension.length)
}

function readNames(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function isEqual(a: readonly ListedFile[], b: readonly ListedFile[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ path, key }, at) => path === b[at]?.path && key === b[at]?.key)
  )
}
