/**
 * Runs `deed` again and again, never twice at a time; gives the way to stop that, which resolves once it runs no more. When
 * it fails, `onError` is told, and it is tried at the next time.
 */
export function repeat(
  everyMs: number,
  deed: () => Promise<void>,
  onError: (error: unknown) => void,
): () => Promise<void> {
  let running: Promise<void> | undefined
  const timer = setInterval(() => {
    running ??= deed()
      .catch(onError)
      .finally(() => {
        running = undefined
      })
  }, everyMs)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await running
  }
}
