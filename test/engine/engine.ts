import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import { requestEngine, type EngineRequest } from './request-engine.ts'

const execute = promisify(execFile)

/** What a test's container is; everything left out is the engine's default. */
export interface ContainerSpec {
  /** Default: a made-up name that no other test uses. */
  readonly name?: string
  readonly command: readonly string[]
  /** Default: `busybox`. */
  readonly image?: string
  readonly cpus?: number
  /** Limit of memory, with none of swap on top. */
  readonly memoryBytes?: number
  readonly network?: string
  readonly labels?: Readonly<Record<string, string>>
  readonly environment?: readonly string[]
  /** Further fields of the Engine API's `HostConfig`. */
  readonly hostConfig?: Readonly<Record<string, unknown>>
}

/** A container that has been started. */
export interface StartedContainer {
  readonly id: string
  readonly name: string
  /** Its first process in the machine's own process ids; 0 once it has ended. */
  readonly pid: number
}

/** What the tests read of an inspected container. */
export interface ContainerState {
  readonly Status: 'created' | 'running' | 'paused' | 'restarting' | 'removing' | 'exited' | 'dead'
  readonly Pid: number
  readonly ExitCode: number
  readonly OOMKilled: boolean
}

/** What a running container can be told, in the Engine API's words. */
export type ContainerVerb = 'start' | 'stop' | 'restart' | 'kill' | 'pause' | 'unpause'

/** A Docker Engine as tests use it. Leaving its `await using` removes what was made through it. */
export interface Engine extends AsyncDisposable {
  /** Value for `DOCKER_HOST`. */
  readonly dockerHost: string
  /** One call of the Engine API; the parsed answer. */
  request(call: EngineRequest): Promise<unknown>
  /** What the `docker` command printed, with the last newline cut off. */
  docker(...args: readonly string[]): Promise<string>
  /** Makes and starts a container. */
  run(spec: ContainerSpec): Promise<StartedContainer>
  tell(container: string, verb: ContainerVerb): Promise<void>
  inspectState(container: string): Promise<ContainerState>
  /** Resolves with the exit code when the container has ended. */
  waitForEnd(container: string): Promise<number>
  /** Removes a container, running or not. */
  remove(container: string): Promise<void>
  /** Makes a bridge network; its name. */
  createNetwork(name?: string): Promise<string>
}

/** A name that no other test uses. */
export function uniqueName(what: string): string {
  return `vigie-test-${what}-${randomBytes(4).toString('hex')}`
}

/**
 * An engine that answers already.
 * @param dockerHost `unix:///path` or `tcp://name:port`.
 */
export function openEngine(dockerHost: string): Engine {
  const containers = new Set<string>()
  const networks = new Set<string>()
  const ask = (method: EngineRequest['method'], path: string, body?: object): Promise<unknown> =>
    requestEngine(dockerHost, body === undefined ? { method, path } : { method, path, body })

  const engine: Engine = {
    dockerHost,
    request: (call) => requestEngine(dockerHost, call),
    docker: async (...args) => {
      const environment = { ...process.env, DOCKER_HOST: dockerHost }
      return (await execute('docker', args, { env: environment })).stdout.trimEnd()
    },
    run: async (spec) => {
      const name = spec.name ?? uniqueName('container')
      const id = readString(
        await ask('POST', `/containers/create?name=${name}`, toEngineSpec(spec)),
        'Id',
      )
      containers.add(id)
      await engine.tell(id, 'start')
      return { id, name, pid: (await engine.inspectState(id)).Pid }
    },
    tell: async (container, verb) => {
      await ask('POST', `/containers/${container}/${verb}`)
    },
    inspectState: async (container) => {
      const { State }: { State: ContainerState } = Object(
        await ask('GET', `/containers/${container}/json`),
      )
      return State
    },
    waitForEnd: async (container) => {
      const { StatusCode }: { StatusCode: number } = Object(
        await ask('POST', `/containers/${container}/wait`),
      )
      return StatusCode
    },
    remove: async (container) => {
      await ask('DELETE', `/containers/${container}?force=true&v=true`)
      containers.delete(container)
    },
    createNetwork: async (name = uniqueName('network')) => {
      networks.add(readString(await ask('POST', '/networks/create', { Name: name }), 'Id'))
      return name
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.allSettled([...containers].map((id) => engine.remove(id)))
      await Promise.allSettled([...networks].map((id) => ask('DELETE', `/networks/${id}`)))
    },
  }
  return engine
}

/** The Engine API's body of `POST /containers/create`. */
function toEngineSpec(spec: ContainerSpec): object {
  const memory =
    spec.memoryBytes === undefined ? {} : { Memory: spec.memoryBytes, MemorySwap: spec.memoryBytes }
  return {
    Image: spec.image ?? 'busybox',
    Cmd: spec.command,
    Labels: spec.labels ?? {},
    Env: spec.environment ?? [],
    // busybox as process 1 ignores SIGTERM: the default of ten seconds would only be waited for.
    StopTimeout: 1,
    HostConfig: {
      ...memory,
      ...(spec.cpus === undefined ? {} : { NanoCpus: spec.cpus * 1e9 }),
      ...(spec.network === undefined ? {} : { NetworkMode: spec.network }),
      ...spec.hostConfig,
    },
  }
}

function readString(answer: unknown, field: string): string {
  const value: unknown = Object(answer)[field]
  if (typeof value === 'string') return value
  throw new Error(
    `Cannot read the engine's answer: ${field} is missing in ${JSON.stringify(answer)}`,
  )
}
