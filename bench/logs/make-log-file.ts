import { closeSync, openSync, writeSync } from 'node:fs'
import { numberDigits } from './line-intake.ts'

const linesAtOnce = 5000
const lineBytes = 200
const levels = ['INFO', 'INFO', 'INFO', 'DEBUG', 'WARN', 'ERROR']
const verbs = ['took', 'served', 'queued', 'dropped', 'retried', 'cached', 'parsed', 'sent']
const nouns = ['request', 'order', 'session', 'message', 'invoice', 'job', 'packet', 'user']

/**
 * Writes a file as the engine's driver `json-file` does: `lines` lines of 200 bytes, each with its number at the beginning and with
 * random ids, the same for the same seed.
 * @returns Its size in bytes.
 */
export function makeLogFile(path: string, lines: number, seed = 1): number {
  const file = openSync(path, 'a')
  const random = createRandom(seed)
  let sizeBytes = 0
  for (let first = 0; first < lines; first += linesAtOnce) {
    const count = Math.min(linesAtOnce, lines - first)
    const text = Array.from({ length: count }, (_one, at) => makeLine(first + at, random)).join('')
    sizeBytes += writeSync(file, text)
  }
  closeSync(file)
  return sizeBytes
}

function makeLine(number: number, random: () => number): string {
  const pick = (words: readonly string[]): string => words[random() % words.length] ?? ''
  const id = (): string => random().toString(16).padStart(8, '0')
  const time = new Date(1_790_000_000_000 + number).toISOString().replace('Z', '123456Z')
  const head = `{"log":"${String(number).padStart(numberDigits, '0')} ${pick(levels)} ${pick(verbs)} ${pick(nouns)} ${id()}-${id()} trace=${id()}${id()} took=${random() % 1000}ms`
  const tail = `\\n","stream":"${random() % 10 === 0 ? 'stderr' : 'stdout'}","time":"${time}"}\n`
  return head.padEnd(lineBytes - tail.length, ' for') + tail
}

/** Marsaglia's xorshift: whole numbers of 32 bits. */
function createRandom(seed: number): () => number {
  let state = seed >>> 0 || 1
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    state >>>= 0
    return state
  }
}
