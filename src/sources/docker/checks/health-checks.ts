import type { EngineContainer } from '../../../docker/parse-inspect.ts'
import type { CheckStatus, ServiceCheck } from '../../../model/service-check.ts'

/** The check is sent when a container's health changes, and again after this long. */
const checkEveryMs = 15_000
/** As much of a probe's output as is told. */
const maxMessageChars = 500

/** What the engine's health checks say of one container. */
export type CheckedContainer = Pick<EngineContainer, 'id' | 'state' | 'health' | 'healthOutput'>

const statuses = { healthy: 0, unhealthy: 2, starting: 3 } as const satisfies Record<
  string,
  CheckStatus
>

interface Sent {
  readonly status: CheckStatus
  readonly atMs: number
}

/** Makes the service check `docker.container_health` of the running containers that have a health check. */
export class HealthChecks {
  readonly #host: string
  readonly #sent = new Map<string, Sent>()

  constructor(host: string) {
    this.#host = host
  }

  /**
   * The checks that are due.
   * @param containers All that are watched; one that is not among them, or does not run, is forgotten.
   * @param tagsOf All tags of a container at high cardinality, by id.
   */
  take(
    containers: Iterable<CheckedContainer>,
    { timeMs, tagsOf }: { timeMs: number; tagsOf: (id: string) => readonly string[] },
  ): readonly ServiceCheck[] {
    const due: ServiceCheck[] = []
    const seen = new Set<string>()
    for (const { id, state, health, healthOutput } of containers) {
      if (state !== 'running' || health === 'none') continue
      seen.add(id)
      const status = statuses[health]
      if (!this.#isDue(id, status, timeMs)) continue
      this.#sent.set(id, { status, atMs: timeMs })
      due.push({
        kind: 'service-check',
        name: 'docker.container_health',
        status,
        message: status === 2 ? cut(healthOutput) : '',
        timeMs,
        host: this.#host,
        tags: tagsOf(id),
      })
    }
    for (const id of this.#sent.keys()) if (!seen.has(id)) this.#sent.delete(id)
    return due
  }

  #isDue(id: string, status: CheckStatus, timeMs: number): boolean {
    const sent = this.#sent.get(id)
    if (sent === undefined || sent.status !== status) return true
    // A clock that was set back does not silence it.
    return Math.abs(timeMs - sent.atMs) >= checkEveryMs
  }
}

/** The end of an output says more than its beginning. */
function cut(output: string): string {
  const text = output.trim()
  return text.length <= maxMessageChars ? text : `…${text.slice(1 - maxMessageChars)}`
}
