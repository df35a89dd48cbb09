import { isIPv6 } from 'node:net'
import { HttpError } from '../http/http-error.ts'

/** Makes those who try passwords wait. */
export interface SignInLimiter {
  /**
   * Counts a try before its outcome is known, so that many at once count too.
   * @returns What takes it back: to be called when the password was right, or was not looked at.
   * @throws {HttpError} 429 with `Retry-After` while the name or the address has to wait.
   */
  readonly begin: (name: string, address: string) => TakeBack
}

/** `right`: the name begins anew, too. */
export type TakeBack = (outcome: 'right' | 'not looked at') => void

export interface SignInLimits {
  /** Wrong ones of one name or from one address, before each further try has to wait. */
  readonly tries: number
  /** Unix milliseconds. */
  readonly clock: () => number
}

interface Tries {
  failures: number
  lastMs: number
  /** No try before then. */
  untilMs: number
}

const forgetMs = 60 * 60_000
/** A name waits no longer than this: anybody can make its owner wait. An address that tries many names waits longer. */
const longestMs = { name: 60_000, address: 15 * 60_000 }
const maxKeys = 10_000

/**
 * Opens a limiter. The wait begins with 1 s and doubles with each wrong password; after an hour without any it is as at first.
 * The table is bounded: the one seen longest ago goes first.
 */
export function openSignInLimiter({ tries, clock }: SignInLimits): SignInLimiter {
  const table = new Map<string, Tries>()

  function find(key: string): Tries {
    const known = table.get(key)
    const isFresh = known !== undefined && clock() - known.lastMs < forgetMs
    const found = isFresh ? known : { failures: 0, lastMs: 0, untilMs: 0 }
    table.delete(key)
    table.set(key, found)
    const oldest = table.size > maxKeys ? table.keys().next().value : undefined
    if (oldest !== undefined) table.delete(oldest)
    return found
  }

  return {
    begin(name, address) {
      const now = clock()
      const entries = [
        { kind: 'name', of: find(`name ${name.toLowerCase().slice(0, 100)}`) },
        { kind: 'address', of: find(`address ${networkOf(address)}`) },
      ] as const
      const untilMs = Math.max(...entries.map(({ of }) => of.untilMs))
      if (untilMs > now) throw tooMany(untilMs - now)
      for (const { kind, of } of entries) {
        of.failures += 1
        of.lastMs = now
        const over = of.failures - tries
        of.untilMs = over < 0 ? 0 : now + Math.min(1000 * 2 ** Math.min(over, 30), longestMs[kind])
      }
      return (outcome) => {
        for (const { kind, of } of entries) {
          of.failures = outcome === 'right' && kind === 'name' ? 0 : Math.max(0, of.failures - 1)
          of.untilMs = 0
        }
      }
    },
  }
}

/** Who has one address of IPv6 has the whole network of its first half. */
function networkOf(address: string): string {
  if (!isIPv6(address)) return address
  const [head = '', tail] = address.toLowerCase().split('::', 2)
  const first = head.split(':')
  const rest = tail === undefined ? [] : tail.split(':')
  const zeros = Array.from({ length: Math.max(0, 8 - first.length - rest.length) }, () => '0')
  return [...first, ...zeros, ...rest].slice(0, 4).join(':')
}

function tooMany(waitMs: number): HttpError {
  const seconds = Math.ceil(waitMs / 1000)
  return new HttpError(
    429,
    `Cannot check a password now: too many were wrong; try again in ${seconds} s`,
    { 'retry-after': String(seconds) },
  )
}
