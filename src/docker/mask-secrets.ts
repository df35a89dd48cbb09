/** Rather one name too many than one too few: what is masked wrongly can still be read inside the container. */
const secretName =
  /pass|_p(?:wd|w)$|secret|token|(?:^|_|api|access)keys?(?:_(?:id|base64|b64|pem|hex))?$|private|credential|auth|cookie|session|salt|dsn|jwt|webhook|signature/i
const credentialsInUrl = /([a-z][a-z0-9+.-]*:\/\/[^\s/@:]*):[^\s/]+@/gi
const secretInText = /((?:password|passwd|pwd|secret|token|key)=)[^&;\s]+/gi

/** What stands in place of a secret. */
export const mask = '********'

/**
 * Environment entries (`NAME=value`) with the values of secrets masked: those whose name speaks of one, passwords inside
 * addresses such as `postgres://user:password@db`, and inside settings such as `Server=db;Password=password`.
 */
export function maskSecrets(env: readonly string[]): readonly string[] {
  return env.map((entry) => {
    const at = entry.indexOf('=')
    if (at < 0) return entry
    const name = entry.slice(0, at)
    const value = entry.slice(at + 1)
    if (value === '') return entry
    return `${name}=${secretName.test(name) ? mask : maskInside(value)}`
  })
}

function maskInside(value: string): string {
  return value.replace(credentialsInUrl, `$1:${mask}@`).replace(secretInText, `$1${mask}`)
}
