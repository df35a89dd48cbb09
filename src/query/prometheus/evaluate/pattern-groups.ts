/** The names of the groups of an RE2 pattern that catch what they fit, in their order; undefined for one without a name. */
export function groupNames(pattern: string): readonly (string | undefined)[] {
  const bare = pattern
    .replaceAll(/\\Q.*?(\\E|$)/gs, '')
    .replaceAll(/\\./gs, '')
    .replaceAll(/\[\^?\]?[^\]]*\]/g, '')
  return [...bare.matchAll(/\((?:\?P?<(\w+)>|(?!\?))/g)].map(([, name]) => name)
}

/**
 * A replacement with its `$1`, `${1}` and `$name` filled in; `$$` is a dollar, an unknown group nothing.
 * `groups` begins with what the whole pattern fits.
 * @see https://pkg.go.dev/regexp#Regexp.Expand
 */
export function expandTemplate(
  template: string,
  groups: readonly string[],
  names: readonly (string | undefined)[],
): string {
  return template.replaceAll(/\$(?:(\$)|\{(\w+)\}|(\w+))/g, (...found: (string | undefined)[]) => {
    const [, dollar, braced, plain] = found
    if (dollar !== undefined) return '$'
    const group = braced ?? plain ?? ''
    const index = /^\d+$/.test(group) ? Number(group) : names.indexOf(group) + 1
    return /^\d+$/.test(group) || index > 0 ? (groups[index] ?? '') : ''
  })
}
