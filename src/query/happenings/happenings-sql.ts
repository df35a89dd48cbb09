import type { SqlParameters } from '../sql-parameters.ts'
import { checkRowsSql } from './check-rows-sql.ts'
import { eventRowsSql } from './event-rows-sql.ts'
import { exitRowsSql } from './exit-rows-sql.ts'
import { healthRowsSql } from './health-rows-sql.ts'
import type { StoredHappeningKind } from './stored-happening.ts'
import type { HappeningSurvey } from './survey-happenings.ts'

/** When it happened. */
export interface HappeningTime {
  /** Unix milliseconds, both included. */
  readonly fromMs: number
  readonly toMs: number
}

/** Which happenings are read. */
export interface HappeningSpan extends HappeningTime {
  /** Whether only a part of all containers is seen: then what is told of several at once is looked at line by line. */
  readonly isNarrowed: boolean
  /** The kinds that are asked for. */
  readonly kinds: readonly StoredHappeningKind[]
  /** What there is in that time. */
  readonly survey: HappeningSurvey
}

/** Writes a statement for what one kind of table tells. */
type RowsSql = (span: HappeningSpan, parameters: SqlParameters) => string

/**
 * The statements that together give a row for each thing that happened in a time: `time`, `hash`, `line`, `kind`, `action`,
 * `tone`, `title`, `text`, `host`, `actor`, `container_id`, `container_name`, `image`, `exit_code`, `ran_ms`, `tags`. Those
 * of which nothing can come are left out.
 * @see docs/reference/events.md, "What the Events page makes of it"
 */
export function happeningParts({ kinds, survey }: HappeningSpan): readonly RowsSql[] {
  const isAsked = (...wanted: readonly StoredHappeningKind[]): boolean =>
    wanted.some((kind) => kinds.includes(kind))
  return [
    ...(survey.hasEvents && isAsked('engine', 'oom', 'health', 'event') ? [eventRowsSql] : []),
    ...(survey.hasExits && isAsked('exit') ? [exitRowsSql] : []),
    ...(survey.hasHealth && isAsked('health') ? [healthRowsSql] : []),
    ...(survey.hasChecks && isAsked('check') ? [checkRowsSql] : []),
  ]
}
