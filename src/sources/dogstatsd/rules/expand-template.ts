/** `$$`, `$name` as long as it goes, `${name}`, or a `$` that means nothing. */
const reference = /\$(?:\$|(\w+)|\{(\w+)\})?/g

/**
 * The template with `$1` and `$name` replaced by what those groups matched; a group that is not there, or took no part, is
 * empty. As in Go a name takes all letters, digits and underscores that follow: in `$1x` it is `1x`, so write `${1}x`.
 * @see https://pkg.go.dev/regexp#Regexp.Expand
 */
export function expandTemplate(template: string, match: RegExpExecArray): string {
  return template.replaceAll(reference, (all, bare?: string, braced?: string) => {
    const name = bare ?? braced
    if (name === undefined) return '$'
    const value = /^(0|[1-9]\d*)$/.test(name) ? match[Number(name)] : match.groups?.[name]
    return value ?? ''
  })
}
