import type { AgentReport } from './agent-report.ts'
import type { ContainerTotals } from './container-totals.ts'
import type { Inventory } from './container.ts'
import type { Event } from './event.ts'
import type { LogLedger } from './log-ledger.ts'
import type { ProcessList } from './process-list.ts'
import type { Point } from './series.ts'
import type { ServiceCheck } from './service-check.ts'
import type { Sketch } from './sketch.ts'

/** Whatever flows from sources to sinks. */
export type Item =
  | Point
  | Sketch
  | Event
  | ServiceCheck
  | Inventory
  | ContainerTotals
  | LogLedger
  | AgentReport
  | ProcessList

/** What one run of a source hands on; kept together to the sink. */
export type Batch = readonly Item[]
