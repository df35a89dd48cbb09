/** Lets only so many tasks run at a time; the others wait in the order they came. */
export interface QuestionGate {
  /**
   * What the task brings.
   * @throws {unknown} What the task throws, or the signal's reason when it is given up while it waits.
   */
  readonly run: <Result>(task: () => Promise<Result>, signal?: AbortSignal) => Promise<Result>
}

/** A gate that is open for `limit` tasks at a time. */
export function openQuestionGate(limit: number): QuestionGate {
  const waiting = new Set<() => void>()
  let running = 0
  function next(): void {
    const [first] = waiting
    if (first === undefined || running >= limit) return
    waiting.delete(first)
    running += 1
    first()
  }
  async function turn(signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted()
    const { promise, resolve, reject } = Promise.withResolvers<undefined>()
    const begin = (): void => resolve(undefined)
    const giveUp = (): void => {
      if (waiting.delete(begin)) reject(signal?.reason)
    }
    waiting.add(begin)
    signal?.addEventListener('abort', giveUp, { once: true })
    next()
    await promise.finally(() => signal?.removeEventListener('abort', giveUp))
  }
  return {
    async run(task, signal) {
      await turn(signal)
      try {
        return await task()
      } finally {
        running -= 1
        next()
      }
    },
  }
}
