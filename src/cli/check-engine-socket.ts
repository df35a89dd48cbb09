import { accessSync, constants, existsSync } from 'node:fs'
import type { Settings } from '../config/settings.ts'
import { EngineError, forbiddenMessage } from '../docker/engine-error.ts'

/**
 * Refuses to start with an engine's socket that is there and may not be opened: unlike an absent one this does not mend
 * itself.
 * @throws {EngineError} With what to do.
 */
export function checkEngineSocket({ docker, sources }: Settings): void {
  const path = docker.host.replace(/^unix:\/\//, '')
  if (sources['docker']?.isEnabled === false || !path.startsWith('/') || !existsSync(path)) return
  try {
    accessSync(path, constants.R_OK | constants.W_OK)
  } catch (cause) {
    throw new EngineError('ENGINE_FORBIDDEN', forbiddenMessage(docker.host), { cause })
  }
}
