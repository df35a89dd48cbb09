import { closeSync, openSync, writeSync } from 'node:fs'
import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'

/** A file of lines, of which there may be several: each begins when the pointer file is written. */
export interface JournalFile {
  readonly number: number
  readonly lines: readonly string[]
}

const namePattern = /^registry\.journal\.(\d{1,15})$/

/**
 * Lines that are newer than the pointer file, written at once and never waited for on the disk: they outlive a process that
 * is killed, not a power cut. The pointer file names the first of the files that count.
 */
export class Journal {
  readonly #folder: string
  /** Those that the pointer file takes the place of when it is written. */
  #older: number[]
  #number: number
  #descriptor: number | undefined

  /** @param files What is there, read or not. */
  constructor(folder: string, files: readonly JournalFile[]) {
    this.#folder = folder
    this.#older = files.map(({ number }) => number)
    this.#number = Math.max(0, ...this.#older) + 1
  }

  /** What is there, the oldest first. @throws {Error} Node's own, when it cannot be read. */
  static async read(folder: string): Promise<readonly JournalFile[]> {
    const numbers = (await readdir(folder))
      .map((name) => namePattern.exec(name)?.[1])
      .filter((number) => number !== undefined)
      .map(Number)
      .toSorted((a, b) => a - b)
    return Promise.all(
      numbers.map(async (number) => {
        const text = await readFile(pathOf(folder, number), 'utf8')
        return { number, lines: text.split('\n') }
      }),
    )
  }

  /** Writes lines at once. @throws {Error} Node's own, when they cannot be written; some of them may be there then. */
  append(lines: readonly string[]): void {
    this.#descriptor ??= openSync(pathOf(this.#folder, this.#number), 'a', 0o600)
    // One that was not written to its end, ends where the next begins.
    const bytes = Buffer.from(lines.map((line) => `\n${line}`).join(''))
    let length = 0
    while (length < bytes.length) length += writeSync(this.#descriptor, bytes, length)
  }

  /** Begins the next file. @returns Its number: those before are not needed once the pointer file is written. */
  turn(): number {
    if (this.#descriptor === undefined) return this.#number
    closeSync(this.#descriptor)
    this.#descriptor = undefined
    this.#older.push(this.#number)
    this.#number += 1
    return this.#number
  }

  /** Removes the files before that one. What cannot be removed counts no more all the same. Never rejects. */
  async removeBefore(number: number): Promise<void> {
    const passed = this.#older.filter((older) => older < number)
    this.#older = this.#older.filter((older) => older >= number)
    for (const older of passed)
      await rm(pathOf(this.#folder, older), { force: true }).catch(() => {})
  }
}

function pathOf(folder: string, number: number): string {
  return join(folder, `registry.journal.${number}`)
}
