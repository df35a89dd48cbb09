/**
 * What is done to a line, in the order of the rules; a line that one rule leaves out is not seen by those after it.
 * @see datadog.md D.5
 */
export type LogRule =
  | { readonly kind: 'exclude'; readonly name: string; readonly pattern: string }
  | { readonly kind: 'include'; readonly name: string; readonly pattern: string }
  | {
      readonly kind: 'mask'
      readonly name: string
      readonly pattern: string
      /** May refer to what matched: `$1`, `${name}`. */
      readonly replacement: string
    }
  /** A line that begins so begins an entry; lines after it belong to it. Only in the rules of one source. */
  | { readonly kind: 'multi-line'; readonly name: string; readonly pattern: string }
  | { readonly kind: 'exclude-truncated'; readonly name: string }
