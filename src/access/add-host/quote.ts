/** As one word of a POSIX shell. */
export function quoteForShell(value: string): string {
  return /^[\w:/.@%+=-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`
}

/**
 * As a scalar of YAML that is text whatever it looks like. What is not plain is written as JSON, which is YAML too.
 * @see https://yaml.org/spec/1.2.2/#732-single-quoted-style
 */
export function quoteForYaml(value: string): string {
  return /^[\x20-\x7e]*$/.test(value) ? `'${value.replaceAll("'", "''")}'` : JSON.stringify(value)
}

/**
 * As a scalar of a Compose file, where a dollar sign would begin a variable.
 * @see https://docs.docker.com/reference/compose-file/interpolation/
 */
export function quoteForCompose(value: string): string {
  return quoteForYaml(value.replaceAll('$', '$$$$'))
}

/**
 * As the value of a line in systemd's `EnvironmentFile`, where double quotes keep spaces and a backslash takes away a meaning.
 * @see systemd.exec(5), "EnvironmentFile="
 */
export function quoteForSystemd(value: string): string {
  return /^[\w:/.@%+=-]+$/.test(value)
    ? value
    : `"${value.replaceAll(/["\\`$]/g, String.raw`\$&`)}"`
}
