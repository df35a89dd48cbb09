import { CompressedSegment } from './compressed-segment.ts'
import type { BudgetWaiter, FileBudget } from './file-budget.ts'
import { PlainSegment } from './plain-segment.ts'
import type { ListedFile } from './rotated-files.ts'
import type { Segment } from './segment.ts'

export interface OpenerOptions {
  readonly hasTimedLines: boolean
  readonly budget: FileBudget
  /** A compressed file has more to read. */
  readonly onReadable: () => void
  /** One more file may be opened, after one could not. */
  readonly onRoom: () => void
  readonly onFault: (message: string) => void
}

/** Why a file is not open: too many are, another one has its name by now, or it may not be read. */
export type OpenFailure = 'full' | 'changed' | 'unreadable'

/** Opens and closes the files of one origin, within what may be open. */
export class SegmentOpener {
  /** A file was not opened since too many are. */
  isWaiting = false
  readonly #options: OpenerOptions
  readonly #waiter: BudgetWaiter
  #fault = ''

  constructor(options: OpenerOptions) {
    this.#options = options
    this.#waiter = {
      onFault: options.onFault,
      onRoom: () => {
        this.isWaiting = false
        options.onRoom()
      },
    }
  }

  open(file: ListedFile, offset: number): Segment | OpenFailure {
    const { budget } = this.#options
    if (!budget.take()) {
      budget.wait(this.#waiter)
      this.isWaiting = true
      return 'full'
    }
    const segment = this.#tryOpen(file, offset)
    if (typeof segment !== 'string' && segment.key === file.key) return segment
    if (typeof segment === 'string') budget.give()
    else this.close(segment)
    return segment === 'unreadable' ? segment : 'changed'
  }

  close(segment: Segment): void {
    segment.close()
    this.#options.budget.give()
  }

  /** Says what is wrong with a path, once until something can be opened. */
  tell(path: string, error: unknown): void {
    const fault = `Cannot read ${path}: ${Object(error).message}`
    if (fault !== this.#fault) this.#options.onFault(fault)
    this.#fault = fault
  }

  stopWaiting(): void {
    this.#options.budget.forget(this.#waiter)
  }

  #tryOpen(file: ListedFile, offset: number): Segment | OpenFailure {
    try {
      const segment = this.#make(file, offset)
      this.#fault = ''
      return segment
    } catch (error) {
      if (Object(error).code === 'ENOENT') return 'changed'
      this.tell(file.path, error)
      return 'unreadable'
    }
  }

  #make({ path, isCompressed }: ListedFile, offset: number): Segment {
    const { hasTimedLines, onReadable } = this.#options
    if (isCompressed) return new CompressedSegment(path, { hasTimedLines, offset, onReadable })
    const segment = new PlainSegment(path, hasTimedLines)
    try {
      segment.startAt(offset)
      // Known from now on, so that it is noticed when it is cut before its turn.
      segment.identify(offset > 0)
      return segment
    } catch (error) {
      segment.close()
      throw error
    }
  }
}
