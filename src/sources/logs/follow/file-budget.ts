/** How many files may be open at the same time. */
export interface FileBudget {
  readonly openFiles: () => number
  /** @returns Whether one more may be opened. */
  readonly take: () => boolean
  readonly give: () => void
  /** Asks to be called once there is room again: those who wait are called one after the other, in their order. */
  readonly wait: (waiter: BudgetWaiter) => void
  readonly forget: (waiter: BudgetWaiter) => void
}

export interface BudgetWaiter {
  readonly onRoom: () => void
  readonly onFault: (message: string) => void
}

export function createFileBudget(limit: number): FileBudget {
  const waiters = new Set<BudgetWaiter>()
  let taken = 0
  let isCalling = false
  const callNext = (): void => {
    isCalling = false
    const [next] = waiters
    if (next === undefined || taken >= limit) return
    waiters.delete(next)
    next.onRoom()
    callLater()
  }
  const callLater = (): void => {
    if (isCalling || waiters.size === 0) return
    isCalling = true
    // Later: whoever gave a file back may at once take it again, for the next one of the same origin.
    setImmediate(callNext)
  }
  return {
    openFiles: () => taken,
    take: () => {
      if (taken >= limit) return false
      taken += 1
      return true
    },
    give: () => {
      taken -= 1
      callLater()
    },
    wait: (waiter) => {
      if (waiters.size === 0) waiter.onFault(describe(limit))
      waiters.add(waiter)
    },
    forget: (waiter) => {
      waiters.delete(waiter)
    },
  }
}

function describe(limit: number): string {
  return `Cannot follow all files: ${limit} are open, and others wait until one is closed; to follow more, raise logs_config.open_files_limit`
}
