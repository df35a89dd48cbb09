/**
 * The statement that binds a value (a text, a number, a boolean or a list of texts) for the questions that follow on the
 * same connection. The value is first written as the engine reads parameters (tabs, line ends and backslashes escaped,
 * lists with quoted strings), then as a literal, so that nothing in it can end the literal.
 * @throws {TypeError} When the name is no plain word or the value is none of the kinds that can be bound.
 * @see ClickHouse docs, "Queries with parameters"
 */
export function bindParameter(name: string, value: unknown): string {
  if (!/^[a-z_]\w*$/i.test(name)) throw new TypeError(`Cannot bind parameter: the name is ${name}`)
  return `SET param_${name} = ${quote(parameterText(value))}`
}

function parameterText(value: unknown): string {
  if (typeof value === 'string') return escapeTabSeparated(value)
  if (typeof value === 'number' || typeof value === 'bigint') return String(value)
  if (typeof value === 'boolean') return value ? '1' : '0'
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) {
    return `[${value.map(quote).join(',')}]`
  }
  throw new TypeError(`Cannot bind parameter: its value is ${typeof value}`)
}

function escapeTabSeparated(text: string): string {
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll('\t', '\\t')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
}

function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}
