/** Prints labels without the braces: `name="value",other="value"`. Names are taken as they are. */
export function printLabels(pairs: Iterable<readonly [name: string, value: string]>): string {
  return Array.from(pairs, ([name, value]) => `${name}="${escape(value)}"`).join(',')
}

/** Puts two printed lists of labels into one. */
export function joinLabels(one: string, other: string): string {
  if (one === '') return other
  return other === '' ? one : `${one},${other}`
}

const special = /[\\"\n]/
const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '"': '\\"', '\n': '\\n' }

/** @see https://prometheus.io/docs/instrumenting/exposition_formats/#comments-help-text-and-type-information */
function escape(value: string): string {
  if (!special.test(value)) return value
  return value.replaceAll(/[\\"\n]/g, (sign) => escapes[sign] ?? sign)
}
