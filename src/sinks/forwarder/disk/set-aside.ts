import { mkdir, readdir, stat, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Entry } from '../entry.ts'
import type { Retry } from '../judge-answer.ts'

/** Files that are kept, two for each payload. */
const maxFiles = 200

/** A folder for what is never taken, to be looked at by people; the oldest gives way. */
export class SetAside {
  readonly folder: string
  readonly #maxBytes: number

  constructor(folder: string, maxBytes: number) {
    this.folder = folder
    this.#maxBytes = maxBytes
  }

  /**
   * Keeps the payload as it was sent, and beside it what was answered.
   * @returns The path of the body.
   * @throws {NodeJS.ErrnoException} When it cannot be written.
   */
  async keepPayload(
    { payload, ...entry }: Entry,
    { reason, answer }: Retry,
    nowMs: number,
  ): Promise<string> {
    const { route, contentType, contentEncoding, count, body } = payload
    const path = join(this.folder, `${entry.sequence}.body`)
    const about = {
      route,
      contentType,
      contentEncoding,
      items: count,
      ...answer,
      reason,
      tries: entry.failures,
      handedOver: new Date(entry.atMs).toISOString(),
      setAside: new Date(nowMs).toISOString(),
    }
    await this.#write(`${entry.sequence}.body`, body)
    await this.#write(
      `${entry.sequence}.json`,
      Buffer.from(`${JSON.stringify(about, undefined, 2)}\n`),
    )
    return path
  }

  /** @throws {NodeJS.ErrnoException} When it cannot be written. */
  async keepDamaged(name: string, bytes: Buffer): Promise<void> {
    await this.#write(`${name}.damaged`, bytes)
  }

  async #write(name: string, bytes: Buffer): Promise<void> {
    if (bytes.length > this.#maxBytes) throw new Error('it is larger than all the room for that')
    await mkdir(this.folder, { recursive: true, mode: 0o700 })
    await this.#makeRoom(bytes.length)
    await writeFile(join(this.folder, name), bytes, { mode: 0o600 })
  }

  async #makeRoom(bytes: number): Promise<void> {
    const names = await readdir(this.folder)
    const files = await Promise.all(
      names.map(async (name) => {
        const path = join(this.folder, name)
        const { size, mtimeMs } = await stat(path)
        return { path, size, mtimeMs }
      }),
    )
    const oldestFirst = files.toSorted((a, b) => a.mtimeMs - b.mtimeMs)
    let total = files.reduce((sum, { size }) => sum + size, 0)
    let count = files.length
    for (const { path, size } of oldestFirst) {
      if (total + bytes <= this.#maxBytes && count < maxFiles) return
      await unlink(path)
      total -= size
      count -= 1
    }
  }
}
