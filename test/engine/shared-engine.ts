import { ensureBusybox } from './busybox-image.ts'
import { openEngine, type Engine } from './engine.ts'
import { startPrivateEngine } from './private-engine.ts'

/**
 * An engine to run containers on, for tests that do nothing to the engine itself: the one `VIGIE_TEST_DOCKER_HOST` names
 * (`make test` starts one for all suites), else a private one. Other tests' containers may run on it too.
 * @throws {Error} If the named engine does not answer, or a private one cannot be started.
 */
export async function openSharedEngine(): Promise<Engine> {
  const dockerHost = process.env['VIGIE_TEST_DOCKER_HOST']
  if (!dockerHost) return startPrivateEngine()
  const engine = openEngine(dockerHost)
  await ensureBusybox(engine)
  return engine
}
