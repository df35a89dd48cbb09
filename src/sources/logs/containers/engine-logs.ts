import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ContainerBoard } from '../../../component/container-board.ts'
import type { Environment } from '../../../component/source.ts'
import { askRootDir } from '../../../docker/ask-root-dir.ts'
import { mayBeHere, parseEndpoint, type Endpoint } from '../../../docker/endpoint.ts'
import { createEngineClient, type EngineClient } from '../../../docker/engine-client.ts'
import { toBoarded } from '../../docker/identity/board-publisher.ts'
import { createIdentity } from '../../docker/identity/create-identity.ts'
import type { ApiTools } from './api-log.ts'
import type { Candidate, Choice } from './choose-config.ts'
import type { EngineSite } from './choose-way.ts'
import { ContainerDiscovery } from './container-discovery.ts'
import { ContainerLogs } from './container-logs.ts'
import { Slots } from './slots.ts'

export interface EngineLogsOptions {
  readonly tools: Omit<ApiTools, 'client' | 'slots'>
  readonly environment: Environment
  readonly board: ContainerBoard
  readonly choose: (container: Candidate) => Choice
}

/** Each costs the engine a connection and a thread of its own. */
const maxStreams = 256
const retryMs = 1000
/** An engine that tells its containers and not where its folder is: those are then read as they come. */
const maxTries = 5

/** The logs of the containers of one engine: finds out where its files are, then reads what is wanted. */
export class EngineLogs {
  readonly #options: EngineLogsOptions
  #client: EngineClient | undefined
  #logs: ContainerLogs | undefined
  #discovery: ContainerDiscovery | undefined

  constructor(options: EngineLogsOptions) {
    this.#options = options
  }

  /** `undefined` until it is known where the engine's files are. */
  get logs(): ContainerLogs | undefined {
    return this.#logs
  }

  /** Resolves once reading has begun, or the signal aborts. Never rejects. */
  async start(signal: AbortSignal): Promise<void> {
    const endpoint = this.#findEndpoint()
    if (endpoint === undefined) return
    const { tools, environment, choose } = this.#options
    const client = createEngineClient(endpoint, environment.dockerQueryTimeoutMs)
    this.#client = client
    const site = await this.#findSite(endpoint, client, signal)
    if (signal.aborted) return
    const api = { ...tools, client, slots: new Slots(maxStreams) }
    this.#discover(new ContainerLogs({ tools: api, choose, site }), site)
  }

  #discover(logs: ContainerLogs, site: EngineSite): void {
    const { tools, environment, board } = this.#options
    const identity = createIdentity(environment.containerRules)
    this.#logs = logs
    this.#discovery = new ContainerDiscovery({
      board,
      logs,
      follower: tools.follower,
      folderPath: this.#findFolder(site),
      publicNames: identity.publicNames,
      toBoarded: (container) =>
        toBoarded(container, container.image, identity.makeTags(container).high),
    })
  }

  /** Once a second. */
  pass(): void {
    this.#discovery?.pass()
    this.#logs?.makeRoom()
  }

  /** Reads no more; the rest is for the next start. */
  stop(): void {
    this.#discovery?.close()
    this.#logs?.stop()
    this.#client?.close()
  }

  #findEndpoint(): Endpoint | undefined {
    const { tools, environment } = this.#options
    const { dockerHost, dockerCertPath: certPath, shouldVerifyDockerTls } = environment
    try {
      return parseEndpoint(dockerHost, {
        ...(certPath !== undefined && { certPath }),
        shouldVerify: shouldVerifyDockerTls,
      })
    } catch (error) {
      tools.faults.set('engine', error instanceof Error ? error.message : String(error))
      return undefined
    }
  }

  /** Where the engine has its files; asked until it answers, since where it does not there are no containers either. */
  async #findSite(
    endpoint: Endpoint,
    client: EngineClient,
    signal: AbortSignal,
  ): Promise<EngineSite> {
    const isLocal = mayBeHere(endpoint)
    const { dockerPath } = this.#options.tools.settings
    if (!isLocal || dockerPath !== '') return { isLocal, rootDir: dockerPath || undefined }
    for (let tries = 0; tries < maxTries || !this.#hasContainers(); tries += 1) {
      try {
        return { isLocal, rootDir: await askRootDir(client, signal) }
      } catch {
        // Whoever tells of containers says why the engine does not answer.
        await sleep(retryMs, undefined, { signal }).catch(() => {})
        if (signal.aborted) break
      }
    }
    return { isLocal, rootDir: undefined }
  }

  #hasContainers(): boolean {
    let hasAny = false
    const leave = this.#options.board.follow({ onPut: () => (hasAny = true), onGone() {} })
    leave()
    return hasAny
  }

  /** Files are looked for only where they are to be read; Podman's folder is another. */
  #findFolder({ isLocal, rootDir }: EngineSite): string | undefined {
    const { prefersFiles, forcesFiles } = this.#options.tools.settings
    const wantsFiles = prefersFiles || forcesFiles
    return isLocal && wantsFiles && rootDir !== undefined ? join(rootDir, 'containers') : undefined
  }
}
