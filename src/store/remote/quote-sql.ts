/** A name for SQL, whatever is in it. */
export function quoteName(name: string): string {
  return /^[a-z_]\w*$/i.test(name) ? name : `\`${escape(name).replaceAll('`', '\\`')}\``
}

/** A text for SQL, whatever is in it. */
export function quoteText(text: string): string {
  return `'${escape(text).replaceAll("'", "\\'")}'`
}

function escape(text: string): string {
  return text.replaceAll('\\', '\\\\')
}
