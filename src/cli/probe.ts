import { askDoor } from './control-client.ts'
import type { Half } from './control-socket.ts'

/**
 * Asks the agent or the server of a data folder whether it is there, and no more than that: it loads neither the configuration nor any
 * component, so that probes can ask often.
 * @returns One sentence.
 * @throws {ControlClientError} When it does not answer.
 */
export async function probe(half: Half, dataDir: string): Promise<string> {
  const question = { half, name: 'health' } as const
  for await (const { version } of askDoor<{ readonly version: string }>({ dataDir }, question))
    return `The ${half} answers; version ${version}`
  throw new Error(`The ${half} answered nothing`)
}
