import type { Alphabet } from './alphabet.ts'
import { operation, type Program } from './program.ts'

/** Of each class of the alphabet, 1 if a match can begin with it; `undefined` when a match can be empty. */
export function firstClasses(program: Program, alphabet: Alphabet): Uint8Array | undefined {
  const first = new Uint8Array(alphabet.classCount)
  const seen = new Set([program.start])
  for (const pc of seen) {
    const [kind, a = 0, b = 0] = [program.operations[pc], program.a[pc], program.b[pc]]
    if (kind === operation.match) return undefined
    if (kind === operation.split) seen.add(a)
    if (kind !== operation.set) seen.add(b)
    else
      for (const charClass of first.keys())
        first[charClass] ||= alphabet.accepts[a * alphabet.classCount + charClass] ?? 0
  }
  return first
}
