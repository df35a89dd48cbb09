import type { AgentList } from '../../src/api/contract/agents.ts'
import type { ContainerList, ContainerRow } from '../../src/api/contract/containers.ts'
import type { Engine } from '../engine/engine.ts'

/** A server in a container, which listens inside the engine's network and so is asked from there. */
export interface ServerInside {
  /** What is answered as text, by itself or, when given a whole URL, elsewhere. */
  readonly read: (url: string) => Promise<string>
  readonly ask: <Answer>(path: string) => Promise<Answer>
  readonly agents: () => Promise<AgentList>
  readonly containers: () => Promise<readonly ContainerRow[]>
}

/** @param container The server's name or id. */
export function askInside(engine: Engine, container: string): ServerInside {
  const read = (url: string): Promise<string> => {
    const { href } = new URL(url, 'http://127.0.0.1:8127')
    const program = `fetch('${href}').then(async (r) => console.log(await r.text()))`
    return engine.docker('exec', container, 'node', '-e', program)
  }
  const ask = async <Answer>(path: string): Promise<Answer> => JSON.parse(await read(path))
  return {
    read,
    ask,
    agents: () => ask<AgentList>('/api/agents'),
    containers: async () => (await ask<ContainerList>('/api/containers')).containers,
  }
}

/** Whether the health check that is in its image, or was given to it, passes. */
export async function isHealthy(engine: Engine, container: string): Promise<boolean> {
  const status = await engine.docker('inspect', '--format', '{{.State.Health.Status}}', container)
  return status === 'healthy'
}
