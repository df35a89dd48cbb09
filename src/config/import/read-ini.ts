/** One line that sets something. */
export interface IniEntry {
  /** `Main`, `trace.config`; empty in front of the first section. */
  readonly section: string
  /** In lower case. */
  readonly key: string
  readonly value: string
  /** From 1. */
  readonly line: number
}

/** What a file holds; `unread` are the numbers of lines that are none of a section, a comment or `key: value`. */
export interface Ini {
  readonly entries: readonly IniEntry[]
  readonly unread: readonly number[]
}

/**
 * Reads `datadog.conf` as Agent 5 did: `key: value` or `key = value`, comments behind `#` or `;`, spaces at the beginning
 * of a line without a meaning.
 */
export function readIni(text: string): Ini {
  const entries: IniEntry[] = []
  const unread: number[] = []
  let section = ''
  for (const [at, raw] of text.split(/\r?\n/).entries()) {
    const written = raw.trim()
    if (written === '' || /^[#;]/.test(written)) continue
    const [, name] = /^\[([^\]]*)\]/.exec(written) ?? []
    const [, key, value = ''] = /^([^:=\s][^:=]*?)\s*[:=]\s*(.*)$/.exec(written) ?? []
    if (name !== undefined) section = name
    else if (key === undefined) unread.push(at + 1)
    else entries.push({ section, key: key.toLowerCase(), value: clean(value), line: at + 1 })
  }
  return { entries, unread }
}

/** Without a comment at its end and without quotes around nothing. */
function clean(value: string): string {
  const bare = value.startsWith(';') ? '' : value.replace(/\s+;.*$/, '')
  return bare === "''" || bare === '""' ? '' : bare
}
