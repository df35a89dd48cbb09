import type { DashboardAnswer } from '../api/contract/dashboards.ts'
import { isObject, objectsIn, textIn, type JsonObject } from './json-fields.ts'
import { readVariables } from './read-variables.ts'
import { readWidgets } from './read-widgets.ts'

/** A dashboard without what depends on the file it is from. */
export type ParsedDashboard = Omit<DashboardAnswer, 'id' | 'isShipped'>

/** A file that is no dashboard; the message says what was seen and what is expected, without naming the file. */
export class DashboardError extends Error {
  override readonly name = 'DashboardError'
  readonly code = 'DASHBOARD'
}

const maxTitleLength = 500
const expected = 'an object with a list "widgets" is expected, as Datadog exports it'

/**
 * Reads the text of a file in Datadog's format. What cannot be shown is in `leftOut`.
 * @throws {DashboardError} If it is no dashboard.
 * @see https://docs.datadoghq.com/dashboards/graphing_json/
 */
export function parseDashboard(text: string): ParsedDashboard {
  return readDashboard(parseJson(text))
}

/**
 * The same for what is no text any more.
 * @throws {DashboardError} If it is no dashboard.
 */
export function readDashboard(value: unknown): ParsedDashboard {
  if (!isObject(value)) throw new DashboardError(`it is ${nameKind(value)}; ${expected}`)
  if (!Array.isArray(value['widgets'])) throw new DashboardError(describeOther(value))
  const { variables, leftOut } = readVariables(value)
  const read = readWidgets(value, new Set(variables.map(({ name }) => name)))
  return {
    title: textIn(value, 'title').trim().slice(0, maxTitleLength),
    description: textIn(value, 'description').trim(),
    variables,
    ...read,
    leftOut: [...leftOut, ...read.leftOut, ...leftOutTabs(value)],
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (cause) {
    const seen = cause instanceof Error ? cause.message : String(cause)
    throw new DashboardError(`it is not JSON: ${seen.slice(0, 200)}`, { cause })
  }
}

function nameKind(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`
}

function describeOther(value: JsonObject): string {
  if ('panels' in value) return `it has "panels", as a dashboard of Grafana; ${expected}`
  if ('graphs' in value) return `it has "graphs", as Datadog's former time boards; ${expected}`
  return `${'widgets' in value ? 'its "widgets" are no list' : 'it has no "widgets"'}; ${expected}`
}

/** Tabs only gather groups, which are all shown. */
function leftOutTabs(value: JsonObject): ParsedDashboard['leftOut'] {
  if (objectsIn(value, 'tabs').length === 0) return []
  return [{ type: 'tabs', title: '', reason: 'all groups are shown on one page' }]
}
