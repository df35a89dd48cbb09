import { logLevels } from '../../../../model/log-level.ts'
import { levelWords } from '../../../../wire/logs/status-level.ts'
import { sign } from './bytes.ts'

/** A word for a level. Those that people write in sentences too must be in capitals, in brackets or first in their line. */
export interface LevelWord {
  readonly kind: 'level'
  /** In small letters. */
  readonly bytes: Uint8Array
  /** Place in `logLevels`. */
  readonly level: number
  /** It is one in small letters too, where a sign says so. */
  readonly isPlain: boolean
  /** It is one at the beginning of a line, whatever follows. */
  readonly isBare: boolean
}

/** A name for a level. */
export interface LevelKey {
  readonly kind: 'key'
  readonly bytes: Uint8Array
}

const bareWords = new Set(['error', 'err', 'warning', 'warn', 'fatal', 'critical', 'info', 'debug'])
const plainWords = new Set([
  ...bareWords, 'trace', 'notice', 'emerg', 'severe', 'crit', 'trc', 'dbg', 'inf', 'wrn', 'ftl', 'vrb',
]) // prettier-ignore

/** Names before which a level stands: `level=warn`, `"severity":"ERROR"`. */
const keys = [
  'level', 'lvl', 'loglevel', 'log_level', 'levelname', 'level_name', 'severity', 'severity_text', 'priority',
] // prettier-ignore

/** Words of three letters and more, and keys, by their hash. */
const known = new Map<number, LevelWord | LevelKey>()

/** What stands in a line at a place, if it is one of the words that matter here. */
export function wordAt(
  bytes: Uint8Array,
  from: number,
  to: number,
): LevelWord | LevelKey | undefined {
  let hash = 0
  for (let at = from; at < to; at += 1) hash = mix(hash, bytes[at] ?? 0)
  const word = known.get(hash)
  if (word === undefined || word.bytes.length !== to - from) return undefined
  for (let i = 0; i < word.bytes.length; i += 1)
    if (word.bytes[i] !== lower(bytes[from + i] ?? 0)) return undefined
  return word
}

function mix(hash: number, byte: number): number {
  return (Math.imul(hash, 31) + lower(byte)) | 0
}

/** Letters as small ones; `_` stays. */
function lower(byte: number): number {
  return byte === sign.underscore ? byte : byte | 0x20
}

function keep(text: string, word: Omit<LevelWord, 'bytes'> | Omit<LevelKey, 'bytes'>): void {
  const bytes = Buffer.from(text)
  known.set(bytes.reduce(mix, 0), { ...word, bytes })
}

for (const [word, level] of levelWords)
  if (word.length > 2)
    keep(word, {
      kind: 'level',
      level: logLevels.indexOf(level),
      isPlain: plainWords.has(word),
      isBare: bareWords.has(word),
    })
for (const key of keys) keep(key, { kind: 'key' })

/**
 * Whether three characters, in any case, may begin one of the words or keys, or be a letter in brackets: at the place that
 * `tripleAt` gives for them. Other characters may have the same place.
 */
export const beginnings: Uint8Array = new Uint8Array(1 << 15)

/** Place in `beginnings` of the three bytes from `at` on. */
export function tripleAt(bytes: Uint8Array, at: number): number {
  return (
    (((bytes[at] ?? 0) & 31) << 10) |
    (((bytes[at + 1] ?? 0) & 31) << 5) |
    ((bytes[at + 2] ?? 0) & 31)
  )
}

for (const { bytes } of known.values()) beginnings[tripleAt(bytes, 0)] = 1
for (const letter of 'EWIDFTVCN') beginnings[tripleAt(Buffer.from(`[${letter}]`), 0)] = 1
