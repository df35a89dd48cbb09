import type { SourceContext } from '../../component/source.ts'
import { createGatherer } from './delivery/gatherer.ts'
import { Registry } from './delivery/registry/registry.ts'
import { openEntries } from './entries/open-entries.ts'
import { Faults } from './faults.ts'
import { createFileFollower } from './follow/create-file-follower.ts'
import { openFrames } from './frames/open-frames.ts'
import type { LogTools } from './log-tools.ts'
import { PathClaims } from './path-claims.ts'

/** Opens what all ways of reading share, and reads the pointer file. */
export async function openTools({
  environment,
  telemetry,
  logDelivery,
  clock,
}: SourceContext): Promise<LogTools> {
  const { logs: settings, hostname, hostTags, stateDir } = environment
  const faults = new Faults(telemetry.log)
  const registry = await Registry.open({
    folder: settings.runPath || stateDir,
    ttlMs: settings.auditorTtlMs,
    clock,
    warn: (message) => telemetry.log.warn(message),
    onFault(message) {
      if (message === '') faults.clear('registry')
      else faults.set('registry', message)
    },
  })
  const gatherer = createGatherer({ delivery: logDelivery, registry, settings, host: hostname })
  const follower = createFileFollower({ ...settings, room: () => gatherer.room(), nowMs })
  return {
    settings,
    hostname,
    hostTags,
    gatherer,
    follower,
    openFrames,
    openEntries,
    faults,
    claims: new PathClaims(),
    clock,
    nowMs,
  }
}

/** Monotonic milliseconds. */
function nowMs(): number {
  return performance.now()
}
