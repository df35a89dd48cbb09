const firstRetryMs = 500
const lastRetryMs = 15_000

/** How long to wait before a stream is opened again that has failed so often in a row: doubled each time, up to 15 s, and spread. */
export function retryPauseMs(failures: number, random: () => number): number {
  return Math.min(lastRetryMs, firstRetryMs * 2 ** failures) * (0.75 + random() / 2)
}
