import type { EngineEvent } from '../../src/docker/parse-event.ts'

/** What the engine says of the container `web`, id `a`. */
export function makeEngineEvent(action: string, change: Partial<EngineEvent> = {}): EngineEvent {
  return {
    action,
    detail: '',
    containerId: 'a',
    containerName: 'web',
    image: 'team/web:1.2',
    timeNanos: 1_795_189_550_515_555_770n,
    attributes: {},
    ...change,
  }
}
