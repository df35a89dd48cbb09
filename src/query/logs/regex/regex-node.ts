/**
 * What a regular expression asks for, piece after piece, as far as it tells which texts a match has to contain.
 * `character` is some one character; `isSeparator` when it can be neither letter nor digit nor beyond ASCII.
 * `edge` takes no character; `isTextEdge` where the text or a line begins or ends.
 */
export type RegexNode =
  | { readonly kind: 'literal'; readonly character: string; readonly isCaseless: boolean }
  | { readonly kind: 'character'; readonly isSeparator: boolean }
  | { readonly kind: 'edge'; readonly isTextEdge: boolean }
  | {
      readonly kind: 'repeat'
      readonly node: RegexNode
      readonly min: number
      readonly max: number
    }
  | { readonly kind: 'sequence' | 'choice'; readonly nodes: readonly RegexNode[] }

/** No regular expression as RE2 knows them. */
export class RegexSyntaxError extends Error {
  override readonly name = 'RegexSyntaxError'
  /** From the start of the expression, in UTF-16 units. */
  readonly at: number

  constructor(at: number, message: string) {
    super(message)
    this.at = at
  }
}
