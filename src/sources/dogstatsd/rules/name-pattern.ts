import { setFlagsFromString } from 'node:v8'
import { createContext, Script } from 'node:vm'

/** A pattern for names that answers within a bounded time, whatever the name is. */
export interface NamePattern {
  /**
   * What the whole name matched; `undefined` when it does not match.
   * @throws {PatternError} When it took too long.
   */
  readonly match: (name: string) => RegExpExecArray | undefined
}

/** A pattern took longer for one name than can be waited. */
export class PatternError extends Error {
  override readonly name = 'PatternError'
}

/** Longest work for a pattern that may need exponential time. */
const patienceMs = 20
/** A machine that is busy otherwise may let the thread wait for as long without its having worked at all. */
const maxTries = 10

/**
 * Compiles a pattern for the engine that needs time in proportion to the name's length: 3 µs for a usual one. What that engine cannot do
 * (flag `i`, look-around, long repetitions) is left to the usual one under a time limit, 200 µs each.
 * @see https://v8.dev/blog/non-backtracking-regexp
 */
export function compileNamePattern(source: string, flags: string): NamePattern {
  setFlagsFromString('--enable-experimental-regexp-engine')
  try {
    const pattern = new RegExp(source, `${flags}l`)
    return { match: (name) => pattern.exec(name) ?? undefined }
  } catch {
    return limitTime(new RegExp(source, flags))
  }
}

function limitTime(pattern: RegExp): NamePattern {
  const globals: { readonly pattern: RegExp; name: string; found: RegExpExecArray | null } = {
    pattern,
    name: '',
    found: null,
  }
  const context = createContext(globals)
  const script = new Script('found = pattern.exec(name)')
  const run = (): unknown => {
    try {
      script.runInContext(context, { timeout: patienceMs })
      return undefined
    } catch (cause) {
      return cause
    }
  }
  return {
    match(name) {
      globals.name = name
      const before = process.threadCpuUsage()
      for (let tries = 1; ; tries += 1) {
        const cause = run()
        if (cause === undefined) return globals.found ?? undefined
        const { user, system } = process.threadCpuUsage(before)
        if (user + system < patienceMs * 1000 && tries < maxTries) continue
        const message = `Cannot match a name with ${pattern}: it takes longer than ${patienceMs} ms`
        throw new PatternError(message, { cause })
      }
    },
  }
}
