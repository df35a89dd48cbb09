import {
  appendFileSync,
  copyFileSync,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { gzipSync } from 'node:zlib'
import type { Random } from '../dogstatsd/random.ts'

/** How somebody writes and rotates: as Docker does, with or without compression, as the kubelet does, or as logrotate. */
export type WriterKind = (typeof writerKinds)[number]

export const writerKinds = [
  'docker',
  'docker-compressed',
  'kubelet',
  'renaming',
  'cutting',
] as const

/** Highest number of rotated files of all kinds that number them. */
const maxNumber = 4

/** Writes numbered lines to a file that it rotates, in pieces that do not end where lines end. */
export class RotatingWriter {
  /** All that was ever written, in its order. */
  written = ''
  readonly #path: string
  readonly #kind: WriterKind
  readonly #random: Random
  #lines = 0
  #rotations = 0

  constructor(path: string, kind: WriterKind, random: Random) {
    this.#path = path
    this.#kind = kind
    this.#random = random
  }

  /** How many rotations may come before the first of them is deleted. */
  get room(): number {
    return maxNumber - 1
  }

  write(): void {
    const text = this.#random
      .list([1, 4], () => {
        this.#lines += 1
        return `line ${this.#lines} ${'x'.repeat(this.#random.integer(60))}\n`
      })
      .join('')
    // Where files are cut, the part of a line that is in a copy is not written again.
    const cut = this.#random.integer(text.length)
    for (const piece of [text.slice(0, cut), text.slice(cut)]) appendFileSync(this.#path, piece)
    this.written += text
  }

  rotate(): void {
    // None of them rotates a file with nothing in it.
    if ((statSync(this.#path, { throwIfNoEntry: false })?.size ?? 0) === 0) return
    this.#rotations += 1
    if (this.#kind === 'kubelet') {
      const second = String(this.#rotations).padStart(6, '0')
      renameSync(this.#path, `${this.#path}.20240101-${second}`)
      this.#compress(`${this.#path}.20240101-${String(this.#rotations - 1).padStart(6, '0')}`)
    } else this.#shift()
    if (this.#kind === 'cutting') {
      copyFileSync(this.#path, `${this.#path}.1`)
      truncateSync(this.#path)
    } else if (this.#kind !== 'kubelet') renameSync(this.#path, `${this.#path}.1`)
    if (this.#kind === 'docker-compressed') this.#compress(`${this.#path}.1`)
    // Until the next line is written, there may be no file.
    if (this.#random.chance(0.5)) this.write()
  }

  #shift(): void {
    const end = this.#kind === 'docker-compressed' ? '.gz' : ''
    rmSync(`${this.#path}.${maxNumber}${end}`, { force: true })
    for (let at = maxNumber; at > 1; at -= 1) {
      const from = `${this.#path}.${at - 1}${end}`
      if (existsSync(from)) renameSync(from, `${this.#path}.${at}${end}`)
    }
  }

  #compress(path: string): void {
    if (!existsSync(path)) return
    writeFileSync(`${path}.tmp`, gzipSync(readFileSync(path)))
    renameSync(`${path}.tmp`, `${path}.gz`)
    rmSync(path)
  }
}
