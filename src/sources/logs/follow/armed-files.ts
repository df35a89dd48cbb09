import type { ChangeWatch, Watch } from './change-watch.ts'
import { PlainSegment } from './plain-segment.ts'
import type { Segment } from './segment.ts'

/** The files of one origin that the kernel tells of when they are written to. */
export class ArmedFiles {
  readonly #watch: ChangeWatch | undefined
  readonly #onChange: () => void
  readonly #armed = new Map<Segment, Watch>()

  constructor(watch: ChangeWatch | undefined, onChange: () => void) {
    this.#watch = watch
    this.#onChange = onChange
  }

  /** Asks to be told once. What was written before has to be looked for afterwards. */
  arm(segment: Segment | undefined): void {
    if (!(segment instanceof PlainSegment) || this.isArmed(segment)) return
    const watch = this.#watch?.watchFile(segment.descriptor, () => {
      this.#armed.delete(segment)
      this.#onChange()
    })
    if (watch !== undefined) this.#armed.set(segment, watch)
  }

  /** Has to be called before the file is closed. */
  disarm(segment: Segment | undefined): void {
    if (segment === undefined) return
    this.#armed.get(segment)?.close()
    this.#armed.delete(segment)
  }

  /** Whether nothing that is written to it would be missed; a compressed file is not written to. */
  isArmed(segment: Segment | undefined): boolean {
    if (!(segment instanceof PlainSegment)) return true
    return this.#armed.get(segment)?.isOver() === false
  }

  close(): void {
    for (const watch of this.#armed.values()) watch.close()
    this.#armed.clear()
  }
}
