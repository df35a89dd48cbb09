/** What a run has to be like. In `image`, `name` and `host` the sign `*` stands for anything. */
export interface RunsDescription {
  /** Unix milliseconds: it ended then or later. */
  readonly sinceMs: number
  /** It ended before. */
  readonly untilMs?: number | undefined
  /** The image as it was asked for, the same without its tag, or the last part of its name. */
  readonly image?: string | undefined
  readonly name?: string | undefined
  readonly host?: string | undefined
  /** The container's id, or the start of it. */
  readonly container?: string | undefined
}

/** A condition over the columns of `container_totals`; what was given travels beside it, as parameters. */
export interface RunConditions {
  readonly where: string
  readonly values: Readonly<Record<string, unknown>>
}

/** The condition that holds for the runs that are described. */
export function describeRuns(runs: RunsDescription): RunConditions {
  const conditions = ['finished >= fromUnixTimestamp64Milli({since:Int64})']
  const values: Record<string, unknown> = { since: Math.trunc(runs.sinceMs) }
  if (runs.untilMs !== undefined) {
    conditions.push('finished < fromUnixTimestamp64Milli({until:Int64})')
    values['until'] = Math.trunc(runs.untilMs)
  }
  const add = (name: string, value: string | undefined, condition: string): void => {
    if (value === undefined) return
    conditions.push(condition)
    values[name] = value
  }
  const image = runs.image && toLikePattern(runs.image)
  add(
    'image',
    image,
    `(image LIKE {image:String} OR short_image LIKE {image:String} OR image LIKE concat({image:String}, ':%'))`,
  )
  add('name', runs.name && toLikePattern(runs.name), 'name LIKE {name:String}')
  add('host', runs.host && toLikePattern(runs.host), 'host LIKE {host:String}')
  const isWhole = runs.container?.length === 64
  add(
    'container',
    runs.container,
    isWhole ? 'container_id = {container:String}' : 'startsWith(container_id, {container:String})',
  )
  return { where: conditions.join(' AND '), values }
}

/** The pattern of SQL that matches the same: `*` is the only sign with a meaning of its own. */
function toLikePattern(text: string): string {
  return text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`).replaceAll('*', '%')
}
