import { getPriority, setPriority } from 'node:os'

const highest = -20
/** The thread that calls, as `setpriority` has it. */
const thisThread = 0

let mayRaise = true
/** What the thread had before; `undefined` while it is not raised. */
let usual: number | undefined
let isHeld = false

/**
 * Does what must not be interrupted by others on a busy machine at the highest priority of this thread. Without the right to
 * raise it (CAP_SYS_NICE), it is done all the same.
 */
export function atRaisedPriority<Result>(work: () => Result): Result {
  raise()
  try {
    return work()
  } finally {
    if (!isHeld) lower()
  }
}

/** Keeps this thread at the highest priority until it is called with `false`: it is then woken before others. */
export function holdRaisedPriority(isWanted: boolean): void {
  isHeld = isWanted
  if (isWanted) raise()
  else lower()
}

function raise(): void {
  if (!mayRaise || usual !== undefined) return
  try {
    const before = getPriority(thisThread)
    setPriority(thisThread, highest)
    usual = before
  } catch {
    mayRaise = false
  }
}

function lower(): void {
  if (usual === undefined) return
  setPriority(thisThread, usual)
  usual = undefined
}
