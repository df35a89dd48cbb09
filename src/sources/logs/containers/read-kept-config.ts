import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { parseInspect, type EngineContainer } from '../../../docker/parse-inspect.ts'

const schema = z.looseObject({
  ID: z.string(),
  State: z.looseObject({
    Running: z.boolean().catch(false),
    Paused: z.boolean().catch(false),
    StartedAt: z.string().catch(''),
  }),
})

/**
 * Reads what a Docker Engine keeps of a container in its folder, `config.v2.json` and `hostconfig.json`: the same as it
 * tells of it, also when the container is gone before the engine could be asked.
 * @param publicNames As for `parseInspect()`, which masks secrets here too.
 * @returns `undefined` while one of the files is not there, and where they cannot be read.
 * @see moby, daemon/container/container.go, `Container` and its `toDisk`
 */
export function readKeptConfig(
  folder: string,
  publicNames: ReadonlySet<string>,
): EngineContainer | undefined {
  try {
    const config: unknown = JSON.parse(readFileSync(join(folder, 'config.v2.json'), 'utf8'))
    const host: unknown = JSON.parse(readFileSync(join(folder, 'hostconfig.json'), 'utf8'))
    const { ID, State } = schema.parse(config)
    const inspect = {
      ...Object(config),
      Id: ID,
      State: { ...State, Status: nameState(State) },
      HostConfig: host,
    }
    return parseInspect(inspect, 'docker', publicNames)
  } catch {
    return undefined
  }
}

/** The engine writes the year 1 for "never". */
function nameState({ Running, Paused, StartedAt }: z.output<typeof schema>['State']): string {
  if (Running) return Paused ? 'paused' : 'running'
  return StartedAt.startsWith('0001-') || StartedAt === '' ? 'created' : 'exited'
}
