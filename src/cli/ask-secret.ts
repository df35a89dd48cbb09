import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'

/** Where it is asked. */
export interface SecretPrompt {
  /** A terminal. */
  readonly input: NodeJS.ReadableStream
  readonly output: NodeJS.WritableStream
  readonly signal: AbortSignal
}

/** Nothing was typed; the process is asked to stop. */
class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError'
  readonly code = 'NO_ANSWER'
}

/**
 * One line that is typed without being shown.
 * @throws {NoAnswerError} After Ctrl-C or Ctrl-D.
 */
export async function askSecret(
  question: string,
  { input, output, signal }: SecretPrompt,
): Promise<string> {
  // The editor of lines echoes what is typed to its output: this one shows nothing.
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input, output: nowhere, terminal: true })
  output.write(question)
  const given = new AbortController()
  lines.once('SIGINT', () => given.abort()).once('close', () => given.abort())
  try {
    return await lines.question('', { signal: AbortSignal.any([given.signal, signal]) })
  } catch (cause) {
    throw new NoAnswerError('Nothing was changed: the question was left unanswered', { cause })
  } finally {
    output.write('\n')
    lines.close()
  }
}
