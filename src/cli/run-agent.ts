import { join } from 'node:path'
import { createContainerBoard } from '../component/create-container-board.ts'
import { createContainerReadings } from '../component/create-container-readings.ts'
import { createTagger } from '../component/create-tagger.ts'
import { createWatchedContainers } from '../component/watched-containers.ts'
import type { Control } from '../component/control.ts'
import type { Sink, SinkContext } from '../component/sink.ts'
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
import { offerEndpoints } from './own-agent.ts'
import { openIdentity } from './agent-identity.ts'
import { createControlDoor } from './control-door.ts'
import { controlPath } from './control-socket.ts'
import { findHostname } from './find-hostname.ts'
import { readMachineFacts } from './machine-facts.ts'
import { createKeyReader } from './read-api-key.ts'
import { readVersion } from './version.ts'

/** A source is held back by a full queue for this long, then that sink loses the batch. */
const patienceMs = 5000

/**
 * Runs the agent until `signal` aborts and everything in its queues is delivered, or the time for that is over. Where the
 * server says that another machine has this host's name, it starts again under the name that it was given.
 */
export async function runAgent(settings: Settings, log: Log, signal: AbortSignal): Promise<void> {
  const letMemoryGrow = keepMemorySmall()
  const identity = openIdentity(join(settings.dataDir, 'agent'), readMachineFacts())
  if (identity.problem !== undefined) log.warn(identity.problem)
  const own = await createEnvironment(settings)
  const door = createControlDoor({ path: controlPath(settings.dataDir, 'agent'), log, signal })
  await door.open()
  while (!signal.aborted) {
    const renamed = new AbortController()
    const hostname = identity.nameFor(own.hostname)
    log.info(`The agent of ${hostname} sends to ${settings.serverUrl}`)
    const onHostName = (name: string): void => {
      if (name === hostname || !identity.takeName(own.hostname, name)) return
      log.warn(
        `The server knows another machine by the name ${hostname}: this one goes by ${name} from now on; set DD_HOSTNAME to give it a name of your own`,
      )
      renamed.abort()
    }
    const agent: RunningAgent = {
      environment: { ...own, agentId: identity.agentId, hostname },
      log,
      control: door.control,
      onHostName,
    }
    await runOnce(settings, agent, AbortSignal.any([signal, renamed.signal]))
  }
  await door.close()
  letMemoryGrow()
}

/** The agent under one name. */
interface RunningAgent extends Required<Pick<SinkContext, 'environment' | 'onHostName'>> {
  readonly log: Log
  readonly control: Control
}

async function runOnce(
  settings: Settings,
  { environment, log, control, onHostName }: RunningAgent,
  signal: AbortSignal,
): Promise<void> {
  const board = createContainerBoard()
  const readings = createContainerReadings()
  const watched = createWatchedContainers(Date.now)
  const telemetry = createTelemetry(log)
  offerEndpoints(control, { environment, telemetry })
  await runPipeline(
    {
      sources: enabled<Source<unknown>>(Object.values(sources), settings.sources),
      stages: enabled<Stage<unknown>>(stages, settings.stages).map(({ component, config }) =>
        component.create(config, environment),
      ),
      sinks: enabled<Sink<unknown>>(Object.values(sinks), settings.sinks),
      environment,
      telemetry,
      queueBatches: settings.agent.queueBatches,
      patienceMs,
      stopMs: settings.agent.stopMs,
      clock: Date.now,
      sourceContext: { tagger: createTagger(), board, readings, watched, control },
      sinkContext: {
        serverUrl: settings.serverUrl,
        apiKey: createKeyReader(settings),
        outbound: settings.outbound,
        forwarder: settings.forwarder,
        datadog: settings.datadog,
        board,
        readings,
        onHostName,
        onWatched: watched.watch,
      },
    },
    signal,
  )
}

/** What all components are told of the host, under its own name and without the agent's id. */
export async function createEnvironment(settings: Settings): Promise<Environment> {
  const { docker } = settings
  return {
    agentId: '',
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
