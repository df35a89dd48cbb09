import { say } from '../messages/dashboards.ts'

/** What a row of groups is called: the values of its tags; all of them when nothing was grouped. */
export function groupName(values: readonly string[]): string {
  if (values.length === 0) return say('widget.everything')
  return values.map((value) => (value === '' ? say('widget.noTag') : value)).join(', ')
}

/**
 * What a curve is called: its alias, the values it was grouped by, or both where several curves of a chart were grouped;
 * where there is neither, its query.
 */
export function curveName(
  curve: {
    readonly expression: string
    readonly groups: readonly (readonly [key: string, value: string])[]
  },
  alias: string,
  isOnly: boolean,
): string {
  const { expression, groups } = curve
  const name = groups.length === 0 ? '' : groupName(groups.map(([, value]) => value))
  if (alias !== '') return name === '' ? alias : isOnly ? name : `${alias} ${name}`
  if (name === '') return expression
  return isOnly ? name : `${expression.split('{')[0]} ${name}`
}
