import { join } from 'node:path'
import { createContainerBoard } from '../component/create-container-board.ts'
import { createTagger } from '../component/create-tagger.ts'
import type { Sink } from '../component/sink.ts'
import type { Environment, Source } from '../component/source.ts'
import type { Stage } from '../component/stage.ts'
import type { Settings } from '../config/settings.ts'
import { keepMemorySmall } from '../libc/keep-memory-small.ts'
import { runPipeline, type Configured } from '../pipeline/run-pipeline.ts'
import { stages } from '../pipeline/stages/index.ts'
import { sinks } from '../sinks/index.ts'
import { sources } from '../sources/index.ts'
import type { Log } from '../telemetry/log.ts'
import { createTelemetry } from '../telemetry/telemetry.ts'
import { createControlDoor } from './control-door.ts'
import { controlPath } from './control-socket.ts'
import { findHostname } from './find-hostname.ts'
import { createKeyReader } from './read-api-key.ts'
import { readVersion } from './version.ts'

/** A source is held back by a full queue for this long, then that sink loses the batch. */
const patienceMs = 5000
/** Together with what the server needs to close these stay below three seconds. */
const stopSourcesMs = 500
const drainMs = 1500

/** Runs the agent until `signal` aborts and everything in its queues is delivered, or the time for that is over. */
export async function runAgent(settings: Settings, log: Log, signal: AbortSignal): Promise<void> {
  const letMemoryGrow = keepMemorySmall()
  const environment = await createEnvironment(settings)
  log.info(`The agent of ${environment.hostname} sends to ${settings.serverUrl}`)
  const door = createControlDoor({ path: controlPath(settings.dataDir, 'agent'), log, signal })
  await door.open()
  await runPipeline(
    {
      sources: enabled<Source<unknown>>(Object.values(sources), settings.sources),
      stages: enabled<Stage<unknown>>(stages, settings.stages).map(({ component, config }) =>
        component.create(config, environment),
      ),
      sinks: enabled<Sink<unknown>>(Object.values(sinks), settings.sinks),
      environment,
      telemetry: createTelemetry(log),
      queueBatches: settings.agent.queueBatches,
      patienceMs,
      stopSourcesMs,
      drainMs,
      clock: Date.now,
      sourceContext: {
        tagger: createTagger(),
        board: createContainerBoard(),
        control: door.control,
      },
      sinkContext: {
        serverUrl: settings.serverUrl,
        apiKey: createKeyReader(settings),
        bufferBytes: settings.forwarder.retryQueueBytes,
        timeoutMs: settings.forwarder.timeoutMs,
      },
    },
    signal,
  )
  await door.close()
  letMemoryGrow()
}

/** What all components are told of the host. */
export async function createEnvironment(settings: Settings): Promise<Environment> {
  const { docker } = settings
  return {
    hostname: await findHostname(settings),
    hostTags: settings.hostTags,
    procRoot: settings.procRoot,
    cgroupRoot: settings.cgroupRoot,
    dockerHost: docker.host,
    ...(docker.certPath !== undefined && { dockerCertPath: docker.certPath }),
    shouldVerifyDockerTls: docker.shouldVerifyTls,
    dockerQueryTimeoutMs: docker.queryTimeoutMs,
    containerRules: settings.containerRules,
    dogstatsd: settings.dogstatsd,
    logs: settings.logs,
    stateDir: join(settings.dataDir, 'agent'),
    version: readVersion(),
  }
}

/** The components that are switched on, with what their own schema made of their part of the file. */
function enabled<Component extends { readonly name: string }>(
  all: readonly Component[],
  settings: Settings['sources'],
): readonly Configured<Component>[] {
  return all.flatMap((component) => {
    const own = settings[component.name]
    return own?.isEnabled === true ? [{ component, config: own.config }] : []
  })
}
