import { single, several, type AgentFamily } from './agent-family.ts'
import { endpointFamilies } from './endpoint-families.ts'
import { sourceFamilies } from './source-families.ts'

/** The agent itself, and its host as far as cAdvisor tells of it too. */
export const agentFamilies: readonly AgentFamily[] = [
  several(
    { name: 'vigie_agent_build_info', kind: 'gauge', help: 'Always 1; says the version.' },
    ['version'],
    ({ version }) => [{ labels: { version }, value: 1 }],
  ),
  single(
    { name: 'vigie_agent_uptime_seconds', kind: 'gauge', help: 'Time since the agent started.' },
    ({ nowMs, startedAtMs }) => (nowMs - startedAtMs) / 1000,
  ),
  several(
    {
      name: 'vigie_agent_dropped_items_total',
      kind: 'counter',
      help: 'Points, events and lines that will not be delivered.',
    },
    ['reason'],
    ({ snapshot }) =>
      Object.entries(snapshot.dropped).map(([reason, value]) => ({ labels: { reason }, value })),
  ),
  single(
    {
      name: 'vigie_agent_buffered_bytes',
      kind: 'gauge',
      help: 'What waits in memory for the server.',
    },
    ({ snapshot }) => snapshot.bufferedBytes,
  ),
  single(
    { name: 'vigie_agent_engine_up', kind: 'gauge', help: 'Whether the container engine answers.' },
    ({ snapshot }) => snapshot.engine && Number(snapshot.engine.isReachable),
  ),
  single(
    { name: 'vigie_agent_exported_containers', kind: 'gauge', help: 'Containers on this page.' },
    ({ containers }) => containers.shown,
  ),
  single(
    {
      name: 'vigie_agent_left_out_containers',
      kind: 'gauge',
      help: 'Containers for which max_containers leaves no room.',
    },
    ({ containers }) => containers.leftOut,
  ),
  ...sourceFamilies,
  ...endpointFamilies,
  single(
    { name: 'process_cpu_seconds_total', kind: 'counter', help: 'CPU time the agent has used.' },
    ({ cpuMicros }) => cpuMicros / 1e6,
  ),
  single(
    {
      name: 'process_resident_memory_bytes',
      kind: 'gauge',
      help: 'Resident memory of the agent.',
    },
    ({ rssBytes }) => rssBytes,
  ),
  single(
    {
      name: 'process_start_time_seconds',
      kind: 'gauge',
      help: 'When the agent started, Unix seconds.',
    },
    ({ startedAtMs }) => startedAtMs / 1000,
  ),
  single(
    { name: 'machine_cpu_cores', kind: 'gauge', help: 'CPUs of the host.' },
    ({ cpuCount }) => cpuCount,
  ),
  single(
    { name: 'machine_memory_bytes', kind: 'gauge', help: 'Memory of the host.' },
    ({ memoryBytes }) => memoryBytes,
  ),
]
