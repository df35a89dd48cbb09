import { readExitCode, type EngineEvent } from '../../../docker/parse-event.ts'
import type { ServiceCheck } from '../../../model/service-check.ts'
import type { Subject } from '../events/event-subjects.ts'

/**
 * The service check `docker.exit` of a container that has ended.
 * @returns `undefined` for any other event than a `die`, and for one without an exit code.
 */
export function makeExitCheck(
  event: EngineEvent,
  subject: Subject,
  { host, okExitCodes }: { host: string; okExitCodes: readonly number[] },
): ServiceCheck | undefined {
  const exitCode = event.action === 'die' ? readExitCode(event) : undefined
  if (exitCode === undefined) return undefined
  return {
    kind: 'service-check',
    name: 'docker.exit',
    status: okExitCodes.includes(exitCode) ? 0 : 2,
    message: `Container ${subject.name} exited with ${exitCode}`,
    timeMs: Number(event.timeNanos / 1_000_000n),
    host,
    tags: [...subject.tags, `exit_code:${exitCode}`],
  }
}
