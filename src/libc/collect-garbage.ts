import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

let collect: (() => void) | undefined

/**
 * Has V8 look for all garbage of this thread now; by itself it leaves what a burst has made lying until there is more. Takes a
 * millisecond for each megabyte that is in use.
 */
export function collectGarbage(): void {
  collect ??= findCollector()
  collect()
}

/** The function that V8 has only with `--expose-gc`, which may be said late, but only new contexts have it then. */
function findCollector(): () => void {
  setFlagsFromString('--expose-gc')
  const found: unknown = runInNewContext('gc')
  return typeof found === 'function' ? () => void found() : () => {}
}
