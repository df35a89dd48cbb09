import { Agent } from 'node:http'
import { Agent as TlsAgent } from 'node:https'
import { askBytes, askJson, askLines, askWhetherThere, type Question } from './ask-engine.ts'
import type { Endpoint } from './endpoint.ts'
import { EngineError } from './engine-error.ts'
import { readEngineVersion, type EngineVersion } from './engine-version.ts'

/**
 * Asks the engine, with GET only: there is no way to change anything through this client. Paths are given without a
 * version of the API; the newest one that both sides know is put before them, and agreed on anew after each fault.
 */
export interface EngineClient {
  /** As people write it: `unix:///var/run/docker.sock`. */
  readonly address: string
  /** What the engine said of itself last; `undefined` before its first answer and after it was lost. */
  readonly engine: () => EngineVersion | undefined
  /**
   * The answer's JSON; `undefined` when the engine says 404. An abort of `signal` gives the question up.
   * @throws {EngineError} When it cannot be reached, is silent for longer than allowed, or answers with a fault.
   */
  readonly get: (path: string, signal?: AbortSignal) => Promise<unknown>
  /**
   * Opens a stream of JSON lines. Resolves once the engine has begun to answer; the lines end when `signal` aborts.
   * @throws {EngineError} As `get`, also while reading.
   */
  readonly openLines: (path: string, signal: AbortSignal) => Promise<AsyncIterable<string>>
  /**
   * Opens a stream of bytes. Resolves once the engine has begun to answer, with `undefined` when it says 404. They end when
   * the engine ends them, or when `signal` aborts; while nobody reads, the engine waits.
   * @throws {EngineError} As `get`, also while reading.
   */
  readonly openBytes: (
    path: string,
    signal: AbortSignal,
  ) => Promise<AsyncIterable<Uint8Array> | undefined>
  /**
   * Asks only whether the engine is there; `/version` would have it start two programs each time.
   * @throws {EngineError} As `get`.
   */
  readonly ping: (signal?: AbortSignal) => Promise<void>
  readonly close: () => void
}

const versionPath = '/version'
/** With any other fault the engine has answered: it is still the one that was asked for its version. */
const lossCodes = new Set(['ENGINE_ABSENT', 'ENGINE_REFUSED', 'ENGINE_SILENT', 'ENGINE_VERSION'])

/** A client that opens connections when it needs them and keeps up to `connections`, by default four. */
export function createEngineClient(
  endpoint: Endpoint,
  queryTimeoutMs: number,
  { connections = 4 }: { connections?: number } = {},
): EngineClient {
  const agent = createAgent(endpoint, { timeout: queryTimeoutMs, maxSockets: connections })
  const question = (path: string, signal?: AbortSignal): Question => {
    return { endpoint, path, timeoutMs: queryTimeoutMs, agent, ...(signal && { signal }) }
  }
  /** A stream keeps its connection to itself. */
  const stream = (path: string): Question => ({ ...question(path), agent: false })
  const { engine, askVersion, once, versioned } = createAgreement(question)
  return {
    address: endpoint.address,
    engine,
    get(path, signal) {
      if (path === versionPath) return once(() => askVersion(signal))
      return versioned(path, { signal, ask: (full) => askJson(question(full, signal)) })
    },
    openLines: (path, signal) =>
      versioned(path, { signal, ask: (full) => askLines(stream(full), signal) }),
    openBytes: (path, signal) =>
      versioned(path, { signal, ask: (full) => askBytes(stream(full), signal) }),
    ping: (signal) => once(() => askWhetherThere(question('/_ping', signal))),
    close: () => agent.destroy(),
  }
}

/** How a path is asked with its version. */
interface Versioned<T> {
  readonly signal: AbortSignal | undefined
  readonly ask: (path: string) => Promise<T>
}

/** What both sides have agreed on, and how it is come by. */
interface Agreement {
  readonly engine: () => EngineVersion | undefined
  readonly askVersion: (signal?: AbortSignal) => Promise<unknown>
  /** Forgets what was agreed on when the engine is lost. */
  readonly once: <T>(ask: () => Promise<T>) => Promise<T>
  /** The path with its version; asked twice when the engine was exchanged for one that speaks another. */
  readonly versioned: <T>(path: string, how: Versioned<T>) => Promise<T>
}

function createAgreement(question: (path: string, signal?: AbortSignal) => Question): Agreement {
  let engine: EngineVersion | undefined
  const askVersion = async (signal?: AbortSignal): Promise<unknown> => {
    const asked = question(versionPath, signal)
    const json = await askJson(asked)
    engine = readEngineVersion(json, asked.endpoint.address)
    return json
  }
  const once = async <T>(ask: () => Promise<T>): Promise<T> => {
    try {
      return await ask()
    } catch (error) {
      if (error instanceof EngineError && lossCodes.has(error.code)) engine = undefined
      throw error
    }
  }
  const versioned = async <T>(path: string, { signal, ask }: Versioned<T>): Promise<T> => {
    const attempt = (): Promise<T> =>
      once(async () => {
        if (engine === undefined) await askVersion(signal)
        return ask(engine?.apiVersion === undefined ? path : `/v${engine.apiVersion}${path}`)
      })
    const wasKnown = engine !== undefined
    try {
      return await attempt()
    } catch (error) {
      const isOther = error instanceof EngineError && error.code === 'ENGINE_VERSION'
      if (isOther && wasKnown) return attempt()
      throw error
    }
  }
  return { engine: () => engine, askVersion, once, versioned }
}

function createAgent(
  endpoint: Endpoint,
  options: { readonly timeout: number; readonly maxSockets: number },
): Agent {
  const isTls = endpoint.kind === 'tcp' && endpoint.tls !== undefined
  const all = { keepAlive: true, ...options }
  return isTls ? new TlsAgent(all) : new Agent(all)
}
