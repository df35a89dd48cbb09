import { narrowMetrics } from '../data/narrow-metrics.ts'
import { hostQuery, narrowQuery } from '../searches/edit-query.ts'
import type { Board } from './board-context.ts'
import { substituteMetrics, substituteSearch } from './substitute.ts'

/** What a query of metrics asks on a dashboard: its template variables replaced, narrowed to the chosen host. */
export function boardMetrics(text: string, { choices, host }: Board): string {
  return narrowMetrics(substituteMetrics(text, choices), host).text
}

/** The same of a search of logs or events. */
export function boardSearch(text: string, { choices, host }: Board): string {
  return narrowQuery(hostQuery(host), substituteSearch(text, choices))
}
