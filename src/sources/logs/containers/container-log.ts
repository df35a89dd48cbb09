import type { BoardedContainer } from '../../../component/container-board.ts'
import type { LogConfig } from '../../../component/log-config.ts'
import type { LogOrigin } from '../../../model/log-block.ts'
import { FileLog } from '../files/file-log.ts'
import { ApiLog, type ApiTools } from './api-log.ts'
import type { Way } from './choose-way.ts'
import { isSameOrigin, makeContainerOrigin } from './container-origin.ts'

/** The lines of one container, whichever way they come. */
export class ContainerLog {
  readonly way: Way
  readonly config: LogConfig
  #container: BoardedContainer
  #origin: LogOrigin
  readonly #tools: ApiTools
  readonly #file: FileLog | undefined
  readonly #stream: ApiLog | undefined

  /** @throws {LogRuleError} When a rule of its configuration cannot be compiled. */
  constructor(
    tools: ApiTools,
    container: BoardedContainer,
    { way, config }: { readonly way: Way; readonly config: LogConfig },
  ) {
    this.#tools = tools
    this.way = way
    this.config = config
    this.#container = container
    this.#origin = makeContainerOrigin(container, config, tools)
    if (way.kind === 'file') this.#file = this.#openFile(way)
    if (way.kind === 'api') this.#stream = this.#openStream()
  }

  get name(): string {
    return this.#container.name
  }

  /** Whether it runs, or may at any moment. */
  get isAlive(): boolean {
    return isAlive(this.#container)
  }

  /** Takes what is now known of the container. */
  update(container: BoardedContainer): void {
    this.#container = container
    const origin = makeContainerOrigin(container, this.config, this.#tools)
    // Others keep by the object what they have made of it.
    if (!isSameOrigin(origin, this.#origin)) this.#origin = origin
    this.#file?.setOrigin(this.#origin)
    if (this.isAlive) this.#file?.unpark()
    this.#stream?.update({ origin: this.#origin, isRunning: this.isAlive })
  }

  /** Gives the descriptor of a container back that has ended, once all is read: another file may need it more. */
  async parkEnded(): Promise<void> {
    const file = this.#file
    if (file === undefined || file.isParked || this.isAlive) return
    await file.drained()
    if (!this.isAlive) file.park()
  }

  /** It has been removed: resolves once the rest is read and acknowledged. */
  async finish(): Promise<void> {
    await (this.#file ?? this.#stream)?.finish('forget')
  }

  /** Reads no more; the rest is for the next start. */
  stop(): void {
    this.#file?.stop()
    this.#stream?.stop()
  }

  /** Reads no more, because it is not wanted any more. */
  async leave(): Promise<void> {
    await (this.#file ?? this.#stream)?.leave()
  }

  #openFile({ path, framing }: Extract<Way, { kind: 'file' }>): FileLog {
    const { id, name } = this.#container
    return new FileLog(this.#tools, {
      path,
      framing,
      rotation: framing === 'cri' ? 'any' : 'numbered',
      start: 'beginning',
      config: this.config,
      origin: this.#origin,
      subject: { key: id, name: `Container ${name}` },
    })
  }

  #openStream(): ApiLog {
    const { id, name, log } = this.#container
    return new ApiLog(this.#tools, {
      id,
      name,
      isTty: log.isTty,
      config: this.config,
      origin: this.#origin,
      isRunning: this.isAlive,
    })
  }
}

function isAlive({ state }: BoardedContainer): boolean {
  return state === 'running' || state === 'paused' || state === 'restarting'
}
