/** What substituting gives: the text of the whole expression and the names it is made of, or why there is none. */
export type Substituted =
  | { readonly kind: 'expression'; readonly text: string; readonly names: readonly string[] }
  | { readonly kind: 'fault'; readonly reason: string }

/** Longer ones cannot be asked; short formulas can stand for very long texts. */
const maxLength = 10_000
/** `avg:metric{scope} by {keys}.rollup(…)` and no operation. */
const plainQuery = /^[\w.:]+\{[^{}]*\}(?:\s*by\s*\{[^{}]*\})?(?:\.\w+\([^()]*\))*$/
/** Texts in quotes, names (with what may follow: a bracket makes it a function), numbers with their exponents. */
const tokens =
  /'[^']*'|"[^"]*"|\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|(?<name>[A-Za-z_]\w*)(?<call>\s*\()?/g

/**
 * A formula as one expression: each name of a query is replaced by the query, in brackets unless it is a
 * plain one.
 * @see https://docs.datadoghq.com/dashboards/widgets/ formulas and queries
 */
export function substituteFormula(
  formula: string,
  queries: ReadonlyMap<string, string>,
): Substituted {
  const alone = queries.get(formula.trim())
  if (alone !== undefined) return { kind: 'expression', text: alone, names: [formula.trim()] }
  const names: string[] = []
  let text = ''
  let end = 0
  for (const match of formula.matchAll(tokens)) {
    const { name, call } = match.groups ?? {}
    if (name === undefined || call !== undefined) continue
    const query = queries.get(name)
    if (query === undefined) {
      return { kind: 'fault', reason: `its formula names ${name}, and there is no such query` }
    }
    names.push(name)
    text += formula.slice(end, match.index) + (plainQuery.test(query) ? query : `(${query})`)
    end = match.index + match[0].length
    if (text.length > maxLength) {
      const reason = `its formula stands for more than the ${maxLength} characters that can be asked`
      return { kind: 'fault', reason }
    }
  }
  return { kind: 'expression', text: text + formula.slice(end), names }
}
