import { request, type IncomingMessage } from 'node:http'
import { createInterface } from 'node:readline'
import { statSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Settings } from '../config/settings.ts'
import { controlPath, openSocketAddress, type Half } from './control-socket.ts'

/** The agent or the server on this machine cannot be asked, or refused; the message says why and what to do. */
export class ControlClientError extends Error {
  override readonly name = 'ControlClientError'
  readonly code = 'CONTROL_FAILED'
}

/** What is asked through the door for commands. */
export interface DoorQuestion {
  /** The agent unless told otherwise. */
  readonly half?: Half
  /** Such as `dogstatsd-stats`. */
  readonly name: string
  readonly parameters?: Readonly<Record<string, string>>
  readonly body?: Uint8Array
  /** Ends the question; the lines then end without a fault. */
  readonly signal?: AbortSignal
}

/** Longest wait until the answer begins. */
const firstAnswerMs = 10_000

/**
 * The lines that the agent or server with the data folder of these settings answers, as they come.
 * @throws {ControlClientError} When there is none, when it may not be asked, and when it refuses or breaks off.
 */
export async function* askDoor<Line>(
  { dataDir }: Pick<Settings, 'dataDir'>,
  question: DoorQuestion,
): AsyncGenerator<Line, void> {
  const { half = 'agent' } = question
  const response = await send(controlPath(dataDir, half), { ...question, half })
  if (response.statusCode !== 200) throw new ControlClientError(await readRefusal(response))
  try {
    for await (const text of createInterface({ input: response, crlfDelay: Infinity })) {
      // Both sides are of the same version.
      const line: Awaited<Line> & { readonly error?: unknown } = JSON.parse(text)
      if (typeof line.error === 'string') throw new ControlClientError(line.error)
      yield line
    }
  } catch (cause) {
    if (question.signal?.aborted === true) return
    if (cause instanceof ControlClientError) throw cause
    const message = `The ${half} broke off in the middle of its answer; its log may say why`
    throw new ControlClientError(message, { cause })
  }
}

function send(
  path: string,
  question: Required<Pick<DoorQuestion, 'half'>> & DoorQuestion,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const fail = (cause: Error): void =>
      reject(new ControlClientError(describeFailure(path, question.half, cause), { cause }))
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

function describeFailure(
  path: string,
  half: Half,
  error: Error & { readonly code?: unknown },
): string {
  switch (error.code) {
    case 'ENOENT':
    case 'ECONNREFUSED':
    case 'ENOTDIR':
      return `No ${half} is running with the data folder ${dirname(dirname(path))}: nothing listens at ${path}; start it with "vigie up" or "vigie ${half}", or, if it runs with another configuration, give this command the same with --config or VIGIE_DATA_DIR`
    case 'EACCES':
    case 'EPERM':
      return `You may not ask the ${half}: ${path} can be opened only by ${describeOwner(path)}; run this command as that user, or with sudo`
    default:
      return `The ${half} at ${path} cannot be asked: ${error.message}`
  }
}

function describeOwner(path: string): string {
  try {
    return `the user with id ${statSync(dirname(path)).uid} and by root`
  } catch {
    return 'the user that it runs as and by root'
  }
}
