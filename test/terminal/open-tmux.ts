import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Size } from '../../src/terminal/line.ts'
import { waitUntil } from '../flow/wait-until.ts'

const run = promisify(execFile)

/** A shell in a terminal that can be looked at and typed into. */
export interface Tmux extends AsyncDisposable {
  /** Keys by tmux's names, or text. */
  readonly send: (...keys: readonly string[]) => Promise<void>
  readonly resize: (size: Size) => Promise<void>
  /** What the terminal shows. */
  readonly screen: () => Promise<string>
  /** Waits until the terminal shows something of that pattern, and gives all it shows then. */
  readonly waitFor: (pattern: RegExp, withinMs?: number) => Promise<string>
  /** Whether the cursor is seen, the other screen shown, long lines wrapped: each `0` or `1`. */
  readonly modes: () => Promise<string>
  /** The first process of the terminal: the shell, or what it has made of itself by `exec`. */
  readonly pid: () => Promise<number>
  /** Writes all that is written to the terminal from now on into a file, too. */
  readonly record: (file: string) => Promise<void>
}

let count = 0

/** Opens a shell in a terminal of that size, on a tmux server of its own that ends with it. */
export async function openTmux(size: Size, env: Readonly<Record<string, string>>): Promise<Tmux> {
  count += 1
  const socket = `vigie-test-${process.pid}-${count}`
  const tmux = async (...args: readonly string[]): Promise<string> =>
    (await run('tmux', ['-L', socket, '-f', '/dev/null', ...args])).stdout
  const variables = Object.entries({ LC_ALL: 'C.UTF-8', PS1: '$ ', ...env })
  await tmux(
    '-u',
    'new-session',
    '-d',
    '-x',
    String(size.columns),
    '-y',
    String(size.rows),
    ...variables.flatMap(([name, value]) => ['-e', `${name}=${value}`]),
    // In words of its own: a shell between would forget PS1.
    'bash',
    '--norc',
    '--noprofile',
  )
  const screen = (): Promise<string> => tmux('capture-pane', '-p')
  return {
    send: async (...keys) => void (await tmux('send-keys', ...keys)),
    resize: async ({ columns, rows }) =>
      void (await tmux('resize-window', '-x', String(columns), '-y', String(rows))),
    screen,
    waitFor: async (pattern, withinMs = 60_000) => {
      let seen = ''
      return waitUntil(`${pattern} on the screen`, withinMs, async () => {
        seen = await screen()
        return pattern.test(seen) && seen
      }).catch((cause: unknown) => {
        throw new Error(`The screen does not show ${pattern}:\n${seen}`, { cause })
      })
    },
    modes: async () =>
      (await tmux('display-message', '-p', '#{cursor_flag}#{alternate_on}#{wrap_flag}')).trim(),
    pid: async () => Number(await tmux('display-message', '-p', '#{pane_pid}')),
    record: async (file) => void (await tmux('pipe-pane', `cat > ${file}`)),
    async [Symbol.asyncDispose]() {
      await tmux('kill-server').catch(() => {})
    },
  }
}
