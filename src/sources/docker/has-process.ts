import type { EngineContainer } from '../../docker/parse-inspect.ts'

/** A container that waits to be restarted has none. */
export function hasProcess({ state, pid }: Pick<EngineContainer, 'state' | 'pid'>): boolean {
  return pid > 0 && (state === 'running' || state === 'paused' || state === 'restarting')
}
