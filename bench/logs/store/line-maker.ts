import type { LogBlock, LogOrigin, LogRun } from '../../../src/model/log-block.ts'
import { templatesOf, type Template } from './templates.ts'

/** How many containers print. */
const containerCount = 400
/** A word that stands in one line of a million, and one that stands in nearly two thirds of them. */
export const words = { rare: 'zanzibar', common: 'completed' } as const

const rareEvery = 1_000_000
const rareText = Buffer.from(` ${words.rare}`)
const hexDigits = Buffer.from('0123456789abcdef')
/** More than any line takes. */
const lineBytes = 260
/** Lines that one container prints before another does, at most. */
const longestRun = 40
const secondNs = 1_000_000_000n

/** Makes the same lines for the same seed, a block at a time, so that any number of them takes little memory. */
export class LineMaker {
  readonly #random: () => number
  readonly #origins: readonly LogOrigin[] = Array.from({ length: containerCount }, originOf)
  readonly #stepNs: bigint
  #timeNs: bigint
  #made = 0
  #second = { startNs: 0n, text: '' }

  /** Lines follow one another by `stepNs` nanoseconds, from `fromNs` on. */
  constructor(seed: number, fromNs: bigint, stepNs: bigint) {
    this.#random = randomOf(seed)
    this.#timeNs = fromNs
    this.#stepNs = stepNs
  }

  /** The next lines, in runs of one container each, some of which print much more than others. */
  next(lineCount: number): LogBlock {
    const runs: LogRun[] = []
    const columns = {
      timesNs: new BigInt64Array(lineCount),
      positions: new Float64Array(lineCount),
      levels: new Uint8Array(lineCount),
      outputs: new Uint8Array(lineCount).fill(1),
      messageOffsets: new Int32Array(lineCount + 1),
    }
    const messages = Buffer.allocUnsafeSlow(lineCount * lineBytes)
    let end = 0
    for (let line = 0; line < lineCount;) {
      const origin = this.#pickOrigin()
      const count = Math.min(lineCount - line, 1 + (this.#random() % longestRun))
      runs.push({ origin, fileId: 1n, lineCount: count })
      for (const runEnd = line + count; line < runEnd; line += 1) {
        const template = this.#pickTemplate(origin)
        this.#timeNs += this.#stepNs
        columns.timesNs[line] = this.#timeNs
        columns.positions[line] = this.#made * lineBytes
        columns.levels[line] = template.level
        end = this.#write(template, messages, end)
        columns.messageOffsets[line + 1] = end
        this.#made += 1
      }
    }
    const attributeOffsets = new Int32Array(lineCount + 1)
    const texts = { messages: messages.subarray(0, end), attributes: new Uint8Array() }
    return { runs, lineCount, ...columns, ...texts, attributeOffsets }
  }

  /** The first of the containers prints an eighth of all lines. */
  #pickOrigin(): LogOrigin {
    const place = Math.floor(containerCount * this.#share() ** 3)
    return this.#origins[place] ?? originOf(undefined, place)
  }

  #pickTemplate({ service }: LogOrigin): Template {
    const templates = templatesOf.get(service) ?? []
    let place = this.#share()
    const found = templates.find(({ share }) => (place -= share) < 0) ?? templates[0]
    if (found === undefined) throw new RangeError(`No lines are known of ${service}`)
    return found
  }

  #share(): number {
    return (this.#random() % 1_000_000) / 1_000_000
  }

  #write({ parts }: Template, into: Buffer, start: number): number {
    let at = start
    for (const part of parts) {
      if (typeof part === 'string') at += into.write(part, at, 'latin1')
      else if ('hex' in part) at = this.#writeHex(into, at, part.hex)
      else if ('digits' in part) at = this.#writeDigits(into, at, part.digits)
      else at = this.#writeTime(into, at)
    }
    if (this.#made % rareEvery === rareEvery / 2) at += rareText.copy(into, at)
    return at
  }

  #writeHex(into: Buffer, start: number, count: number): number {
    let bits = 0
    for (let n = 0; n < count; n += 1) {
      if (n % 8 === 0) bits = this.#random()
      into[start + n] = hexDigits[bits & 15] ?? 0
      bits >>>= 4
    }
    return start + count
  }

  #writeDigits(into: Buffer, start: number, count: number): number {
    let value = this.#random()
    for (let n = 0; n < count; n += 1) {
      into[start + n] = 48 + (value % 10)
      value = Math.floor(value / 10)
    }
    return start + count
  }

  #writeTime(into: Buffer, start: number): number {
    if (this.#timeNs - this.#second.startNs >= secondNs) {
      const startNs = this.#timeNs - (this.#timeNs % secondNs)
      const text = new Date(Number(startNs / 1_000_000n)).toISOString().slice(0, 20)
      this.#second = { startNs, text }
    }
    const millis = Math.floor(Number(this.#timeNs - this.#second.startNs) / 1e6)
    const text = `${this.#second.text}${String(millis).padStart(3, '0')}Z`
    return start + into.write(text, start, 'latin1')
  }
}

function originOf(_none: unknown, n: number): LogOrigin {
  const services = [...templatesOf.keys()]
  const service = services[n % services.length] ?? ''
  const containerName = `${service}-${n}`
  const containerId = n.toString(16).padStart(4, '0').repeat(16)
  return {
    host: `host-${n % 4}`,
    containerId,
    containerName,
    image: `registry.example/${service}:1.${n % 9}`,
    service,
    source: service,
    tags: [`container_id:${containerId}`, `container_name:${containerName}`, `env:prod`],
  }
}

/** Marsaglia's xorshift of 32 bits. @see Marsaglia, "Xorshift RNGs", 2003 */
function randomOf(seed: number): () => number {
  let state = seed | 1
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return state >>> 0
  }
}
