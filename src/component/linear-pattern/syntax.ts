import type { CharSet } from './char-set.ts'

/** Places in a text that are of no length. */
export const assertions = [
  'text-start',
  'text-end',
  'line-start',
  'line-end',
  'word-edge',
  'no-word-edge',
] as const

export type Assertion = (typeof assertions)[number]

/** A regular expression, taken apart. */
export type Syntax =
  | { readonly kind: 'sequence'; readonly parts: readonly Syntax[] }
  | { readonly kind: 'choice'; readonly parts: readonly Syntax[] }
  | { readonly kind: 'set'; readonly set: CharSet }
  | { readonly kind: 'assertion'; readonly assertion: Assertion }
  | { readonly kind: 'group'; readonly index: number; readonly part: Syntax }
  | {
      readonly kind: 'repeat'
      readonly part: Syntax
      readonly min: number
      /** `Infinity`: without an end. */
      readonly max: number
      readonly isGreedy: boolean
    }

/** A pattern that cannot be used; the message says why, in a form that goes on after "pattern …: ". */
export class PatternSyntaxError extends Error {
  override readonly name = 'PatternSyntaxError'
}
