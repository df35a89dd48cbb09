/** Writes values no oftener than so often: the first at once, of those that come too soon the newest, a little later. */
export interface PacedWriter<Value> {
  put(value: Value): void
  /** What waits is not written any more. */
  drop(): void
  /** Whether a value is one of those written lately, and so comes from here. */
  hasWritten(value: Value): boolean
}

const remembered = 8

/** A writer that has written nothing. */
export function createPacedWriter<Value>(
  write: (value: Value) => void,
  everyMs: number,
): PacedWriter<Value> {
  const written: Value[] = []
  let isResting = false
  let waiting: { readonly value: Value } | undefined

  function put(value: Value): void {
    if (isResting) {
      waiting = { value }
      return
    }
    isResting = true
    setTimeout(() => {
      isResting = false
      const next = waiting
      waiting = undefined
      if (next !== undefined) put(next.value)
    }, everyMs)
    if (written.at(-1) === value) return
    written.push(value)
    if (written.length > remembered) written.shift()
    write(value)
  }

  return {
    put,
    drop() {
      waiting = undefined
    },
    hasWritten: (value) => written.includes(value),
  }
}
