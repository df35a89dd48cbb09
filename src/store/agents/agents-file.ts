import { readFile, rename, writeFile } from 'node:fs/promises'
import { z } from 'zod'
import type { Log } from '../../telemetry/log.ts'
import type { AgentRegistry } from './agent-registry.ts'
import type { AgentRecord } from './known-agent.ts'

/** The file in which agents outlive a restart of the server. */
export interface AgentsFile {
  /** Writes once more, and no longer. */
  readonly close: () => Promise<void>
}

const text = z.string()
const number = z.number()
const recordsSchema = z.array(
  z.object({
    kind: z.enum(['vigie', 'datadog']),
    report: z.object({
      kind: z.literal('agent-report'),
      agentId: text.exactOptional(),
      host: text,
      timeMs: number,
      version: text,
      pid: number,
      startedAtMs: number,
      cpuRatio: number,
      rssBytes: number,
      sources: z.array(z.never()),
      dropped: z.object({}),
      bufferedBytes: number,
      hostFacts: z.object({
        cpuCount: number,
        memoryBytes: number,
        os: text,
        kernel: text,
        cgroupVersion: z.enum(['v1', 'v2', 'none']),
      }),
    }),
    hostTags: z.array(text),
    receivedAtMs: number,
  }),
) satisfies z.ZodType<readonly AgentRecord[]>

const saveEveryMs = 60_000

/**
 * Fills the registry from the file, and writes it there each minute: some 500 bytes an agent. A file that is missing or
 * cannot be read is as good as none: agents that are there report within a second.
 */
export async function openAgentsFile(
  path: string,
  registry: AgentRegistry,
  log: Log,
): Promise<AgentsFile> {
  registry.prime(await readRecords(path, log))
  let isFailing = false
  const save = async (): Promise<void> => {
    try {
      await writeFile(`${path}.new`, JSON.stringify(registry.records()), { mode: 0o600 })
      await rename(`${path}.new`, path)
      isFailing = false
    } catch (error) {
      if (!isFailing) log.warn(`Cannot keep the list of agents in ${path}: ${tell(error)}`)
      isFailing = true
    }
  }
  let saving = Promise.resolve()
  const timer = setInterval(() => {
    saving = saving.then(save)
  }, saveEveryMs).unref()
  return {
    async close() {
      clearInterval(timer)
      await saving
      await save()
    },
  }
}

async function readRecords(path: string, log: Log): Promise<readonly AgentRecord[]> {
  try {
    return recordsSchema.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch (error) {
    const isAbsent = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    if (!isAbsent) log.warn(`Cannot read the list of agents in ${path}: it is begun anew`)
    return []
  }
}

function tell(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
