import type { Size } from '../terminal/line.ts'
import type { OpenTerminal, TerminalListeners } from './top/open-terminal.ts'

/** What a command may touch of the process. Only `src/main.ts` reaches the process itself. */
export interface CommandIo {
  /** Writes to standard output what the command was asked for; the text carries its own line ends. */
  readonly out: (text: string) => void
  /** Writes to standard error what is said about the work; the text carries its own line ends. */
  readonly err: (text: string) => void
  /** Shows a line of text in place of the one shown before, an empty one for none; absent where nobody sees standard error. */
  readonly showProgress?: (line: string) => void
  /** Standard output is a terminal. */
  readonly isTerminal?: boolean
  /** How much room there is on it; absent where standard output is none. */
  readonly terminalSize?: () => Size
  /** Takes the terminal over for whole screens; absent where standard input or output is none. */
  readonly openTerminal?: (listeners: TerminalListeners) => OpenTerminal
  /** All of standard input. */
  readonly readInput?: () => Promise<string>
  /** Asks at the terminal for what is not to be seen on it; absent where standard input is none. */
  readonly askSecret?: (question: string) => Promise<string>
  readonly env: Readonly<Record<string, string | undefined>>
  /** Folder that relative paths start from. */
  readonly cwd: string
  /** The file that this program was started with, to start another process of it. */
  readonly mainFile: string
  /** Aborts once, when the process is asked to stop (SIGINT, SIGTERM). */
  readonly signal: AbortSignal
}

/** One option of a command. */
interface CommandOption {
  /** In commander's spelling: `--sample`, `-c, --config <path>`. */
  readonly flags: string
  readonly about: string
  /** May be given several times; its value is the list of them. */
  readonly isRepeatable?: boolean
}

/** One positional argument of a command. */
interface CommandArgument {
  /** In commander's spelling: `<name>` when it is needed, `[name]` when it may be left out, `[name...]` for any number. */
  readonly name: string
  readonly about: string
}

/** The given options by their long name in camelCase; `true` for one without a value (`false` for `--no-…`), absent when not given. */
export type OptionValues = Readonly<
  Record<string, string | boolean | readonly string[] | undefined>
>

/** One word after `vigie`. */
export interface Command {
  readonly name: string
  readonly about: string
  readonly arguments?: readonly CommandArgument[]
  readonly options: readonly CommandOption[]
  /**
   * Does the work and resolves with the exit code: 0 when done, 1 when it failed.
   * Imports whatever is heavy itself (`await import`), so that no command pays for another.
   * @throws {UsageError} When the arguments make no sense: printed with a pointer to `--help`, exit code 2.
   * @throws {Error} One with a `code` is a known fault: its message is printed without a stack, exit code 1.
   */
  readonly run: (args: readonly string[], options: OptionValues, io: CommandIo) => Promise<number>
}

/** Returns `command` as it is; there so that a command file reads like a source or a sink. */
export function defineCommand(command: Command): Command {
  return command
}

/** The command was called in a way it does not understand. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
  readonly code = 'USAGE'
}
