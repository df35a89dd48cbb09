import { backOffMs } from '../../../component/back-off.ts'
import { ListenError } from './listener.ts'

export interface KeepOpeningOptions<Opened> {
  /** @throws {ListenError} */
  readonly open: () => Promise<Opened>
  readonly onOpen: (opened: Opened) => void
  /** Called after each try that failed. */
  readonly onFault: (error: ListenError) => void
  /** Gives back what came about when nobody wanted it any more. */
  readonly discard: (opened: Opened) => void
  /** First pause, in milliseconds; it grows to thirty times as much. */
  readonly baseMs: number
}

export interface KeptOpening {
  /** Resolves when the first try is over. */
  readonly tried: Promise<void>
  readonly close: () => void
}

/** Tries to open something until that has succeeded once: a port may become free, a folder be made, a name get its address. */
export function keepOpening<Opened>(options: KeepOpeningOptions<Opened>): KeptOpening {
  const { open, onOpen, onFault, discard, baseMs } = options
  let isClosed = false
  let timer: NodeJS.Timeout | undefined
  const attempt = async (number: number): Promise<void> => {
    try {
      const opened = await open()
      if (isClosed) discard(opened)
      else onOpen(opened)
    } catch (error) {
      if (isClosed) return
      onFault(error instanceof ListenError ? error : new ListenError('', String(error)))
      const pauseMs = backOffMs(number, { baseMs, maxMs: baseMs * 30 })
      timer = setTimeout(() => void attempt(number + 1), pauseMs).unref()
    }
  }
  return {
    tried: attempt(1),
    close: () => {
      isClosed = true
      clearTimeout(timer)
    },
  }
}
