import type { EndpointReport } from '../../../model/agent-report.ts'
import { several, type AgentFamily } from './agent-family.ts'

const states: readonly EndpointReport['state'][] = ['delivering', 'retrying', 'refusing', 'idle']

/** Where the agent sends to, and how that goes. */
export const endpointFamilies: readonly AgentFamily[] = [
  several(
    {
      name: 'vigie_agent_endpoint_state',
      kind: 'gauge',
      help: 'Whether sending there is in this state: 1 or 0.',
    },
    ['endpoint', 'state'],
    ({ snapshot }) =>
      snapshot.endpoints.flatMap(({ name, state: own }) =>
        states.map((state) => ({
          labels: { endpoint: name, state },
          value: Number(state === own),
        })),
      ),
  ),
  perEndpoint('waiting_payloads', 'Payloads that wait.', ({ waiting }) => waiting),
  perEndpoint('memory_bytes', 'What waits in memory.', ({ memoryBytes }) => memoryBytes),
  perEndpoint('disk_bytes', 'What waits on disk.', ({ diskBytes }) => diskBytes),
  perEndpoint('set_aside_payloads', 'Payloads that are never taken.', ({ setAside }) => setAside),
  perEndpoint('delivered_payloads_total', 'Payloads delivered.', ({ delivered }) => delivered),
  perEndpoint('retried_requests_total', 'Tries that came to nothing.', ({ retried }) => retried),
  perEndpoint('dropped_payloads_total', 'Payloads given up.', ({ dropped }) => dropped),
  perEndpoint('last_delivery_timestamp_seconds', 'The last delivery, Unix seconds.', (endpoint) =>
    endpoint.lastDeliveredAtMs === undefined ? undefined : endpoint.lastDeliveredAtMs / 1000,
  ),
]

function perEndpoint(
  ending: string,
  help: string,
  pick: (endpoint: EndpointReport) => number | undefined,
): AgentFamily {
  const name = `vigie_agent_endpoint_${ending}`
  const kind = ending.endsWith('_total') ? 'counter' : 'gauge'
  return several({ name, help, kind }, ['endpoint'], ({ snapshot }) =>
    snapshot.endpoints.map((endpoint) => ({
      labels: { endpoint: endpoint.name },
      value: pick(endpoint),
    })),
  )
}
