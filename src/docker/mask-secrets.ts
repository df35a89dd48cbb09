/** What stands in place of a secret. */
export const mask = '********'

/** Rather one name too many than one too few: what is masked wrongly can still be read inside the container. */
const secretName =
  /pass|_p(?:wd|w)$|^pwd$|secret|token|(?:^|[_.-]|api|access)keys?(?:[_.-](?:id|base64|b64|pem|hex))?$|private|credential|auth(?!ors?$)|cookie|session|salt|dsn|jwt|webhook|signature/i
/** Where a secret lies is none itself. */
const fileName = /[_.-]file$/i

/** Each begins at the start of a word, so that no text, however long, is gone through twice. */
const credentialsInUrl = /(?<![a-z0-9+.-])([a-z0-9+.-]+:\/\/[^\s/@:]*):[^\s/]+@/gi
const login = /(?<![^\s"'])((?:-u|--user)(?:\s+|=)["']?(?!\d+:\d)[^\s:"']+):[^\s"']+/g

/** What stands before a value that may be a secret, with the name it goes by, in each way to write that. */
const namedValues = [
  // NAME=value
  /(?<![\w.-])(([\w.-]+)=)(?:"[^"]*"|'[^']*'|[^\s&;,"']+)/g,
  // "name": "value"
  /(["']([\w.-]+)["']\s*:\s*["'])[^"']*/g,
  // name: value, Authorization: Bearer value
  /(?<![\w.-])(([\w.-]+):\s+(?:(?:bearer|basic|token)\s+)?)(?:"[^"]*"|'[^']*'|[^\s"',;]+)/gi,
  // --name value
  /(?<![^\s"'])((--?[a-z][\w-]*)\s+)(?:"[^"]*"|'[^']*'|[^\s"'-]\S*)/gi,
]
const flagAlone = /^--?[a-z][\w-]*$/i

/**
 * Environment entries (`NAME=value`) with the values of secrets masked: those whose name speaks of one, and what
 * {@link maskText} finds inside the others. Those whose lower-case name `publicNames` has are left as they are.
 */
export function maskSecrets(
  env: readonly string[],
  publicNames: ReadonlySet<string> = new Set(),
): readonly string[] {
  return env.map((entry) => {
    const at = entry.indexOf('=')
    if (at < 0) return entry
    const name = entry.slice(0, at)
    return `${name}=${maskValue(name, entry.slice(at + 1), publicNames)}`
  })
}

/** Labels by their name, masked like the environment. */
export function maskLabels(
  labels: Readonly<Record<string, string>>,
  publicNames: ReadonlySet<string> = new Set(),
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(labels).map(([name, value]) => [name, maskValue(name, value, publicNames)]),
  )
}

/** The arguments of a command, with what follows a flag such as `--password` masked, and what {@link maskText} finds. */
export function maskCommand(args: readonly string[]): readonly string[] {
  return args.map((arg, at) => {
    const before = args[at - 1] ?? ''
    if (flagAlone.test(before) && isSecret(before) && !arg.startsWith('-')) return mask
    if ((before === '-u' || before === '--user') && /^(?!\d+:\d)[^\s:]+:./.test(arg)) {
      return `${arg.slice(0, arg.indexOf(':'))}:${mask}`
    }
    const equals = arg.indexOf('=')
    const name = arg.slice(0, Math.max(equals, 0))
    // The whole value, which may have spaces in it; but behind `sh -c` a command follows.
    if (!/^-[a-z]*c$/.test(before) && /^[\w.-]+$/.test(name) && isSecret(name))
      return `${name}=${mask}`
    return maskText(arg)
  })
}

/**
 * A text, such as a shell's script or what a health probe printed, with what looks like a secret masked: passwords in
 * addresses (`postgres://user:password@db`), values behind names (`PGPASSWORD=x`, `"token": "x"`, `Authorization:
 * Bearer x`) and behind flags (`--password x`).
 */
export function maskText(text: string): string {
  const masked = text.replace(credentialsInUrl, `$1:${mask}@`).replace(login, `$1:${mask}`)
  return namedValues.reduce(
    (before, pattern) =>
      before.replace(pattern, (all, head: string, name: string) =>
        isSecret(name) ? `${head}${mask}` : all,
      ),
    masked,
  )
}

function maskValue(name: string, value: string, publicNames: ReadonlySet<string>): string {
  if (value === '' || publicNames.has(name.toLowerCase())) return value
  return isSecret(name) ? mask : maskText(value)
}

function isSecret(name: string): boolean {
  // The folder a shell is in.
  if (name === 'PWD' || name === 'OLDPWD') return false
  return secretName.test(name) && !fileName.test(name)
}
