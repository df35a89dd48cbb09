import type { Size } from '../../terminal/line.ts'

/** What is heard of a terminal that was taken over. */
export interface TerminalListeners {
  /** What was typed, as the terminal sent it. */
  readonly onInput: (text: string) => void
  /** Its size changed, or it shows something else by now: everything has to be drawn anew. */
  readonly onChange: () => void
}

/** A terminal that was taken over: its other screen, no echo, no cursor. */
export interface OpenTerminal {
  readonly size: () => Size
  readonly write: (text: string) => void
  /** Gives the terminal to the shell, as Ctrl-Z does; it is taken over again when the shell continues this process. */
  readonly suspend: () => void
  /** Gives it back as it was. */
  readonly close: () => void
}

/** What of the process is needed. Only `src/main.ts` has it. */
export interface TerminalProcess {
  readonly input: NodeJS.ReadStream
  readonly output: NodeJS.WriteStream
  readonly process: Pick<NodeJS.Process, 'on' | 'off' | 'kill' | 'pid'>
  /** Asks for an orderly end. */
  readonly stop: (signal: NodeJS.Signals) => void
}

// The other screen, no cursor, no wrapping of long lines; and back. The other screen is left empty: where the window has
// grown meanwhile, tmux fills the shell's screen up with what it finds there.
const takeOver = '\u001B[?1049h\u001B[?25l\u001B[?7l\u001B[H\u001B[2J'
const giveBack = '\u001B[?2026l\u001B[0m\u001B[H\u001B[2J\u001B[?7h\u001B[?25h\u001B[?1049l'
/** Signals that end a process at once: the terminal is given back before. */
const deadly = ['SIGABRT', 'SIGQUIT'] as const

/**
 * Takes a terminal over and gives it back whatever happens: at `close()`, at any end of the process but SIGKILL, before
 * the message of a crash is printed, and while the shell holds the process.
 * @see https://invisible-island.net/xterm/ctlseqs/ctlseqs.html, "DEC Private Mode Set"
 */
export function openTerminal(place: TerminalProcess, listeners: TerminalListeners): OpenTerminal {
  const { input, output, process } = place
  const ending = new AbortController()
  let isOurs = false

  function take(): void {
    if (ending.signal.aborted) return
    isOurs = true
    input.setRawMode(true)
    output.write(takeOver)
    listeners.onChange()
  }

  function give(): void {
    if (!isOurs) return
    isOurs = false
    output.write(giveBack)
    input.setRawMode(false)
  }

  /** Asks the shell to hold the process. */
  function rest(): void {
    give()
    process.kill(process.pid, 'SIGSTOP')
  }

  /** The shell may have changed the terminal meanwhile, and a stop cannot always be seen coming. */
  function wake(): void {
    give()
    take()
  }

  const handlers: readonly (readonly [event: string, handle: (cause?: unknown) => void])[] = [
    ['exit', give],
    ['uncaughtExceptionMonitor', give],
    ['SIGHUP', () => place.stop('SIGHUP')],
    ['SIGTSTP', rest],
    ['SIGCONT', wake],
    ...deadly.map((signal) => [signal, () => die(signal)] as const),
  ]

  function close(): void {
    give()
    ending.abort()
    for (const [event, handle] of handlers) process.off(event, handle)
    input.off('data', listeners.onInput).off('error', ignore).pause()
    output.off('resize', listeners.onChange)
  }

  function die(signal: NodeJS.Signals): void {
    close()
    // Without our handler it does what it always does.
    process.kill(process.pid, signal)
  }

  for (const [event, handle] of handlers) process.on(event, handle)
  input.setEncoding('utf8').on('data', listeners.onInput).on('error', ignore).resume()
  output.on('resize', listeners.onChange)
  take()
  return {
    size: () => ({ columns: output.columns, rows: output.rows }),
    write: (text) => {
      if (isOurs) output.write(text)
    },
    // The whole group, as the terminal itself would: a wrapper of the shell waits with us.
    suspend: () => process.kill(0, 'SIGTSTP'),
    close,
  }
}

/** A terminal that has gone says so to the process, too. */
function ignore(): void {}
