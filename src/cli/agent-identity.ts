import { randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { isSameMachine, type MachineFacts } from './machine-facts.ts'

/** By what the server knows this agent, whatever its host is called. */
export interface AgentIdentity {
  /** A random UUID, the same over restarts, and another on a machine that was cloned. */
  readonly agentId: string
  /** What to call this host: its own name, or the one that the server gave in its place because another machine has it. */
  readonly nameFor: (ownName: string) => string
  /** Takes over the name that the server gave for a host of that name; false for one that cannot be a name. */
  readonly takeName: (ownName: string, given: string) => boolean
  /** Why nothing can be kept over a restart, one sentence; undefined when all is well. */
  readonly problem: string | undefined
}

const identitySchema = z.object({
  id: z.uuid(),
  machine: z.object({
    machineId: z.string().exactOptional(),
    productUuid: z.string().exactOptional(),
    macs: z.array(z.string()),
  }),
  /** The name that the server gave, and which one it stands for. */
  given: z.object({ insteadOf: z.string(), name: z.string() }).exactOptional(),
})

type Identity = z.output<typeof identitySchema>

const hostName = /^[\w.-]{1,255}$/

/**
 * Reads who this agent is from `identity.json` in its folder, or makes it up and keeps it there. A file that came with
 * the disk of another machine counts for nothing. Where nothing can be kept, the agent is somebody else after each start.
 */
export function openIdentity(stateDir: string, machine: MachineFacts): AgentIdentity {
  const path = join(stateDir, 'identity.json')
  const kept = readIdentity(path)
  const isOurs = kept !== undefined && isSameMachine(kept.machine, machine)
  // What could be read the last time and cannot now, such as by another user, is kept.
  const facts = isOurs ? { ...kept.machine, ...machine } : machine
  let identity: Identity = isOurs
    ? {
        ...kept,
        machine: { ...facts, macs: facts.macs.length > 0 ? [...facts.macs] : kept.machine.macs },
      }
    : { id: randomUUID(), machine: { ...facts, macs: [...facts.macs] } }
  let problem = writeIdentity(path, identity)
  return {
    agentId: identity.id,
    nameFor: (ownName) => (identity.given?.insteadOf === ownName ? identity.given.name : ownName),
    takeName(ownName, given) {
      if (!hostName.test(given)) return false
      identity = { ...identity, given: { insteadOf: ownName, name: given } }
      problem = writeIdentity(path, identity)
      return true
    },
    get problem() {
      return problem
    },
  }
}

/** `undefined` where there is none, or none that can be read. */
function readIdentity(path: string): Identity | undefined {
  try {
    return identitySchema.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return undefined
  }
}

/** @returns What went wrong. */
function writeIdentity(path: string, identity: Identity): string | undefined {
  try {
    mkdirSync(join(path, '..'), { recursive: true, mode: 0o700 })
    // A crash leaves either the old or the new file.
    writeFileSync(`${path}.new`, `${JSON.stringify(identity, null, 2)}\n`, { mode: 0o600 })
    renameSync(`${path}.new`, path)
    return undefined
  } catch (error) {
    const seen = error instanceof Error ? error.message : String(error)
    return `Cannot keep the agent's identity in ${path}: ${seen}; after a restart it counts as another agent`
  }
}
