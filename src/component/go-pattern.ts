/** A pattern that could be read, or why it could not. */
export type GoPattern =
  | { readonly kind: 'pattern'; readonly pattern: RegExp }
  | { readonly kind: 'fault'; readonly message: string }

const flagGroup = /^\(\?([a-zA-Z]+)\)/
const classes: Readonly<Record<string, string>> = {
  alnum: 'a-zA-Z0-9',
  alpha: 'a-zA-Z',
  ascii: '\\x00-\\x7f',
  blank: '\\t ',
  cntrl: '\\x00-\\x1f\\x7f',
  digit: '0-9',
  graph: '!-~',
  lower: 'a-z',
  print: ' -~',
  punct: '!-\\/:-@\\[-`{-~',
  space: '\\s',
  upper: 'A-Z',
  word: '\\w',
  xdigit: '0-9a-fA-F',
}

/**
 * Reads a regular expression as Go writes it: what differs from ours is translated as far as that is plain to do (flags at
 * the beginning, `\A`, `\z`, `\Q…\E`, `(?P<name>…)`, `[[:alpha:]]`). What Go refuses and we know, such as `(?=…)`, is taken.
 * @see https://github.com/google/re2/wiki/Syntax
 */
export function readGoPattern(text: string): GoPattern {
  const [beginning = '', flags = ''] = flagGroup.exec(text) ?? []
  if (/[^ims]/.test(flags)) {
    return { kind: 'fault', message: `of the flags in ${beginning} only i, m and s are known` }
  }
  const source = text
    .slice(beginning.length)
    .replaceAll(/\\Q(.*?)(?:\\E|$)/gs, (_all, literal: string) => RegExp.escape(literal))
    .replaceAll('(?P<', '(?<')
    .replaceAll(/\\([Az])/g, (_all, anchor: string) => (anchor === 'A' ? '(?<![^])' : '(?![^])'))
    .replaceAll(/\[:(\w+):\]/g, (all, name: string) => classes[name] ?? all)
  try {
    return { kind: 'pattern', pattern: new RegExp(source, flags) }
  } catch (error) {
    return { kind: 'fault', message: explain(error, text) }
  }
}

/** The engine's message ends in what is wrong: `Invalid regular expression: /a(/: Unterminated group`. */
function explain(error: unknown, text: string): string {
  const reason = error instanceof Error ? error.message.replace(/^.*: /s, '') : String(error)
  const hint = /^[*?]/.test(text) ? ', write .* for any text' : ''
  return `${reason.toLowerCase()}${hint}`
}
