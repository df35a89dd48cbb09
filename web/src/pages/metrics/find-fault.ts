/** What keeps a query from being read, seen before the server is asked. */
export interface TextFault {
  readonly kind: 'openBrace' | 'openBracket' | 'openQuote' | 'strayBracket'
  readonly at: number
}

const scopePattern = /\{[^{}]*\}/y
const quotedPattern = /'[^']*'|"[^"]*"/y

/** The first brace, bracket or quotation mark that is not closed, or closes nothing. All else is the server's to say. */
export function findFault(text: string): TextFault | undefined {
  const open: number[] = []
  let at = 0
  while (at < text.length) {
    const sign = text.charAt(at)
    const start = at
    at += 1
    if (sign === '{') at = endOf(scopePattern, text, start)
    else if (sign === "'" || sign === '"') at = endOf(quotedPattern, text, start)
    else if (sign === '(') open.push(start)
    else if (sign === '}' || (sign === ')' && open.pop() === undefined)) {
      return { kind: 'strayBracket', at: start }
    }
    if (at < 0) return { kind: sign === '{' ? 'openBrace' : 'openQuote', at: start }
  }
  const last = open.at(-1)
  return last === undefined ? undefined : { kind: 'openBracket', at: last }
}

function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : -1
}
