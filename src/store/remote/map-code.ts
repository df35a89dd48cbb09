/**
 * What of a statement is not code: texts in quotes (a backslash or a doubled quote goes on), quoted names, comments to the
 * end of the line and between signs, heredocs.
 * @see ClickHouse docs, "Syntax", "String", "Heredoc", "Comments"
 */
const quoted =
  /'(?:\\[\s\S]|''|[^'\\])*'|"(?:\\[\s\S]|""|[^"\\])*"|`(?:\\[\s\S]|``|[^`\\])*`|--[^\n]*|#[ !][^\n]*|\/\*[\s\S]*?\*\/|\$(\w*)\$[\s\S]*?\$\1\$/g

/** The statement with its code changed by `change`; texts, quoted names and comments stay as they are. */
export function mapCode(statement: string, change: (code: string) => string): string {
  let mapped = ''
  let end = 0
  for (const { 0: text, index } of statement.matchAll(quoted)) {
    mapped += change(statement.slice(end, index)) + text
    end = index + text.length
  }
  return mapped + change(statement.slice(end))
}
