#!/usr/bin/env node
import { text as readText } from 'node:stream/consumers'
import { askSecret } from './cli/ask-secret.ts'
import { commands } from './cli/commands/index.ts'
import { loadCommands } from './cli/load-commands.ts'
import { runCommandLine } from './cli/run-command-line.ts'
import { openTerminal } from './cli/top/open-terminal.ts'

// The store may occupy five threads of the pool; with its four, file and address look-ups would wait behind a question.
process.env['UV_THREADPOOL_SIZE'] ??= '8'

const stop = new AbortController()

/** The first signal asks for an orderly stop, the second ends the process at once with the shell's code for it. */
function stopOn(signal: NodeJS.Signals, exitCode: number): void {
  process.on(signal, () => {
    if (stop.signal.aborted) process.exit(exitCode)
    stop.abort(new Error(`Stopped by ${signal}`))
  })
}

stopOn('SIGINT', 130)
stopOn('SIGTERM', 143)
// The process that started us is gone, or wants us to go: the channel to it says so even when it was killed.
process.on('disconnect', () => stop.abort(new Error('Stopped by the parent process')))
// A reader that has seen enough (`vigie config | head`) is no fault, nor is a terminal that was closed.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error
  process.exit(0)
})

const args = process.argv.slice(2)
process.exitCode = await runCommandLine(args, await loadCommands(commands, args), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  ...(process.stderr.isTTY && {
    showProgress: (line) => process.stderr.write(`\r\u001b[K${line}`),
  }),
  ...(process.stdout.isTTY && {
    isTerminal: true,
    terminalSize: () => ({ columns: process.stdout.columns, rows: process.stdout.rows }),
  }),
  ...(process.stdin.isTTY &&
    process.stdout.isTTY && {
      openTerminal: (listeners) =>
        openTerminal(
          {
            input: process.stdin,
            output: process.stdout,
            process,
            stop: (signal) => stop.abort(new Error(`Stopped by ${signal}`)),
          },
          listeners,
        ),
    }),
  readInput: () => readText(process.stdin),
  ...(process.stdin.isTTY && {
    askSecret: (question) =>
      askSecret(question, { input: process.stdin, output: process.stderr, signal: stop.signal }),
  }),
  env: process.env,
  cwd: process.cwd(),
  mainFile: import.meta.filename,
  signal: stop.signal,
})
// Listening on the channel keeps the process alive.
if (process.connected) process.disconnect()
