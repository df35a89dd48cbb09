import type { SqlParameters } from '../sql-parameters.ts'

/** The store notes once a day that a series is in use. */
const notedEveryS = 86_400
/** What that note may be late by. */
const lateS = 3600

/** The condition that a series had points since a time, exact to a day. Nothing that had is left out. */
export function seenSinceSql(sinceMs: number, parameters: SqlParameters): string {
  const earliestS = Math.max(0, Math.floor(sinceMs / 1000) - notedEveryS - lateS)
  return `seen >= toDateTime(${parameters.whole(earliestS)}, 'UTC')`
}

/** The condition that a series is in use now, exact to a day. */
export function inUseSql(parameters: SqlParameters): string {
  return seenSinceSql(Date.now(), parameters)
}
