import { agentFamilies } from '../src/sinks/prometheus-exporter/families/agent-families.ts'
import { containerFamilies } from '../src/sinks/prometheus-exporter/families/container-families.ts'
import type { MetricFamily } from '../src/wire/prometheus-text/metric-family.ts'

const introduction = `<!-- Printed by tools/print-reference.ts from src/sinks/prometheus-exporter/families; do not edit. -->

# What \`/metrics\` of the agent has

Once \`vigie.sinks.prometheus_exporter.enabled\` is \`true\`: see [the guide](../guide/export.md). A figure that the kernel does not
give, or that could not be read, has no line; a limit that is not set has none, either, where cAdvisor has a zero.`

const aboutContainers = `Under cAdvisor's names, with its labels: \`id\`, the place of the cgroup; \`name\`; \`image\`; \`container_label_…\` for each label of the
container that \`labels\` names. Counters are the kernel's own: they begin with 0 when the container is started, and are exact.`

const header = `| Metric | Type | What it says | Further labels |
|---|---|---|---|`

interface Labelled extends MetricFamily {
  readonly labelNames: readonly string[]
}

/** The page `docs/reference/exported-metrics.md`. */
export function printExportedMetrics(): string {
  return `${[
    introduction,
    '## Containers',
    aboutContainers,
    printTable(containerFamilies),
    '## The agent and its host',
    printTable(agentFamilies),
  ].join('\n\n')}\n`
}

function printTable(families: readonly Labelled[]): string {
  const rows = families.map(({ name, kind, help, labelNames }) => {
    const type = kind === 'unknown' ? 'untyped' : kind
    const labels = labelNames.map((label) => `\`${label}\``).join(', ')
    return `| \`${name}\` | ${type} | ${help} | ${labels} |`
  })
  return [header, ...rows].join('\n')
}
