import type { Snapshot } from '../../../telemetry/telemetry.ts'
import type { FamilySample, MetricFamily } from '../../../wire/prometheus-text/metric-family.ts'
import { printLabels } from '../../../wire/prometheus-text/print-labels.ts'

/** What the agent knows of itself at one moment. */
export interface AgentState {
  readonly snapshot: Snapshot
  readonly version: string
  readonly nowMs: number
  readonly startedAtMs: number
  readonly cpuMicros: number
  readonly rssBytes: number
  readonly cpuCount: number
  readonly memoryBytes: number
  /** Containers that are on the page, and those for which there was no room. */
  readonly containers: { readonly shown: number; readonly leftOut: number }
}

/** What is told of the agent, or of its host, under one name. */
export interface AgentFamily extends MetricFamily {
  readonly labelNames: readonly string[]
  readonly samplesOf: (state: AgentState) => readonly FamilySample[]
}

type Named = Pick<MetricFamily, 'name' | 'kind' | 'help'>

/** A family with one value. */
export function single(
  family: Named,
  pick: (state: AgentState) => number | undefined,
): AgentFamily {
  return {
    ...family,
    labelNames: [],
    samplesOf(state) {
      const value = pick(state)
      return value === undefined ? [] : [{ labels: '', value }]
    },
  }
}

/** A family with a value for each of several things, each with its own values of the same labels. */
export function several<Label extends string>(
  family: Named,
  labelNames: readonly Label[],
  valuesOf: (state: AgentState) => readonly Several<Label>[],
): AgentFamily {
  return {
    ...family,
    labelNames,
    samplesOf: (state) =>
      valuesOf(state).flatMap(({ labels, value }) =>
        value === undefined
          ? []
          : [{ labels: printLabels(labelNames.map((name) => [name, labels[name]])), value }],
      ),
  }
}

/** One value with its labels. */
export interface Several<Label extends string> {
  readonly labels: Readonly<Record<Label, string>>
  /** Absent: there is no such line. */
  readonly value: number | undefined
}
