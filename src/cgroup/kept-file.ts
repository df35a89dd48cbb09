import { closeSync, openSync, readFileSync, readSync } from 'node:fs'

/** How many descriptors may stay open between two reads; files beyond it are opened anew for each read. */
export interface FileBudget {
  left: number
}

/** Descriptors kept for everything else: sockets, logs, the store of `vigie up`. */
const reservedFiles = 256

/**
 * Half of what the process may open, less a reserve.
 * @see proc(5), `/proc/pid/limits`
 */
export function createFileBudget(): FileBudget {
  const limits = readFileSync('/proc/self/limits', 'utf8')
  const soft = Number(/^Max open files\s+(\d+)/m.exec(limits)?.[1] ?? 1024)
  return { left: Math.max(0, Math.min(1_000_000, Math.floor(soft / 2) - reservedFiles)) }
}

/** The kernel gives one page at a time of a file that lists things, such as `net/dev`: less than this was all. */
const pageBytes = 3072

/**
 * One small file of the kernel that is read again and again. The descriptor stays open, which makes a read three times
 * as cheap as opening the file each time.
 */
export class KeptFile {
  readonly #path: string
  readonly #budget: FileBudget
  readonly #mayKeep: () => boolean
  #descriptor: number | undefined
  /** Whether the descriptor is taken from the budget, and so stays open. */
  #isCounted = false

  /** @param mayKeep Asked each time the file was opened: `false` when it is not the file it should be. */
  constructor(path: string, budget: FileBudget, mayKeep: () => boolean = () => true) {
    this.#path = path
    this.#budget = budget
    this.#mayKeep = mayKeep
  }

  /**
   * Reads the whole file, or as much as fits, into `buffer` and puts a line end behind it.
   * @returns The number of bytes; `undefined` when the file is absent, may not be read, or its cgroup is gone.
   */
  read(buffer: Buffer): number | undefined {
    try {
      if (this.#descriptor === undefined && !this.#open()) return undefined
      const length = readWhole(this.#descriptor ?? -1, buffer)
      buffer[length] = 10
      this.#keepOrClose()
      return length
    } catch {
      this.close()
      return undefined
    }
  }

  close(): void {
    if (this.#descriptor === undefined) return
    closeSync(this.#descriptor)
    this.#descriptor = undefined
    if (this.#isCounted) this.#budget.left += 1
    this.#isCounted = false
  }

  #open(): boolean {
    this.#descriptor = openSync(this.#path, 'r')
    if (this.#mayKeep()) return true
    this.close()
    return false
  }

  #keepOrClose(): void {
    if (this.#isCounted) return
    if (this.#budget.left <= 0) {
      this.close()
      return
    }
    this.#budget.left -= 1
    this.#isCounted = true
  }
}

function readWhole(descriptor: number, buffer: Buffer): number {
  const room = buffer.length - 1
  let length = 0
  for (;;) {
    const count = readSync(descriptor, buffer, length, room - length, length)
    length += count
    if (count < pageBytes || length === room) return length
  }
}
