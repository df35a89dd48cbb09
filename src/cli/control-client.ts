import { request, type IncomingMessage } from 'node:http'
import { createInterface } from 'node:readline'
import { statSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Settings } from '../config/settings.ts'
import { controlPath, openSocketAddress } from './control-socket.ts'

/** The agent on this machine cannot be asked, or refused; the message says why and what to do. */
export class AgentError extends Error {
  override readonly name = 'AgentError'
  readonly code = 'AGENT_UNREACHABLE'
}

/** What is asked of the agent. */
export interface AgentQuestion {
  /** Such as `dogstatsd-stats`. */
  readonly name: string
  readonly parameters?: Readonly<Record<string, string>>
  readonly body?: Uint8Array
  /** Ends the question; the lines then end without a fault. */
  readonly signal?: AbortSignal
}

/** Longest wait until the agent begins to answer. */
const firstAnswerMs = 10_000

/**
 * The lines that the agent with the data folder of these settings answers, as they come.
 * @throws {AgentError} When there is no such agent, when it may not be asked, and when it refuses or breaks off.
 */
export async function* askAgent<Line>(
  { dataDir }: Pick<Settings, 'dataDir'>,
  question: AgentQuestion,
): AsyncGenerator<Line, void> {
  const response = await send(controlPath(dataDir), question)
  if (response.statusCode !== 200) throw new AgentError(await readRefusal(response))
  try {
    for await (const text of createInterface({ input: response, crlfDelay: Infinity })) {
      // Both sides are of the same version.
      const line: Awaited<Line> & { readonly error?: unknown } = JSON.parse(text)
      if (typeof line.error === 'string') throw new AgentError(line.error)
      yield line
    }
  } catch (cause) {
    if (question.signal?.aborted === true) return
    if (cause instanceof AgentError) throw cause
    const message = 'The agent broke off in the middle of its answer; its log may say why'
    throw new AgentError(message, { cause })
  }
}

function send(path: string, question: AgentQuestion): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const fail = (cause: Error): void =>
      reject(new AgentError(describeFailure(path, cause), { cause }))
    try {
      const { address, close } = openSocketAddress(path)
      const { name, parameters = {}, body, signal } = question
      const asking = request({
        socketPath: address,
        path: `/${name}?${new URLSearchParams(parameters).toString()}`,
        method: body === undefined ? 'GET' : 'POST',
        agent: false,
        ...(signal !== undefined && { signal }),
      })
      const timer = setTimeout(() => asking.destroy(new Error('no answer')), firstAnswerMs)
      asking.once('close', () => clearTimeout(timer)).once('close', close)
      asking.once('error', fail).once('response', (response) => {
        clearTimeout(timer)
        resolve(response)
      })
      asking.end(body)
    } catch (error) {
      fail(error instanceof Error ? error : new Error(String(error)))
    }
  })
}

async function readRefusal(response: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of response) text += String(chunk)
  return text.trim()
}

function describeFailure(path: string, error: Error & { readonly code?: unknown }): string {
  switch (error.code) {
    case 'ENOENT':
    case 'ECONNREFUSED':
    case 'ENOTDIR':
      return `No agent is running with the data folder ${dirname(dirname(path))}: nothing listens at ${path}; start it with "vigie up" or "vigie agent", or, if it runs with another configuration, give this command the same with --config or VIGIE_DATA_DIR`
    case 'EACCES':
    case 'EPERM':
      return `You may not ask the agent: ${path} can be opened only by ${describeOwner(path)}; run this command as that user, or with sudo`
    default:
      return `The agent at ${path} cannot be asked: ${error.message}`
  }
}

function describeOwner(path: string): string {
  try {
    return `the user with id ${statSync(dirname(path)).uid} and by root`
  } catch {
    return 'the user that the agent runs as and by root'
  }
}
