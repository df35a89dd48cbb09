import { toEndpointRow } from '../api/rows/agent-row.ts'
import type { EndpointRow } from '../api/contract/agents.ts'
import type { Control } from '../component/control.ts'
import type { Environment } from '../component/source.ts'
import type { Settings } from '../config/settings.ts'
import type { Telemetry } from '../telemetry/telemetry.ts'
import { askDoor, ControlClientError } from './control-client.ts'

/** What the agent on this machine says of itself to whoever may open its door, also when no server takes its reports. */
export interface OwnAgent {
  /** As in `AgentRow`. */
  readonly id: string
  readonly host: string
  /** Where it sends to, and how that goes. */
  readonly endpoints: readonly EndpointRow[]
}

const question = 'endpoints'

/** Whose sending it is. */
interface Described {
  readonly environment: Pick<Environment, 'agentId' | 'hostname'>
  readonly telemetry: Pick<Telemetry, 'snapshot'>
}

/** Offers to `vigie status` how sending goes. */
export function offerEndpoints(control: Control, { environment, telemetry }: Described): void {
  control.offer(question, async function* () {
    yield {
      id: environment.agentId,
      host: environment.hostname,
      endpoints: telemetry.snapshot().endpoints.map(toEndpointRow),
    }
  })
}

/** Asks the agent that runs with the data folder of these settings; undefined where there is none that may be asked. */
export async function askOwnAgent(settings: Settings): Promise<OwnAgent | undefined> {
  try {
    for await (const agent of askDoor<OwnAgent>(settings, { name: question })) return agent
  } catch (error) {
    // The question is about the server; it can be answered without this.
    if (!(error instanceof ControlClientError)) throw error
  }
  return undefined
}
