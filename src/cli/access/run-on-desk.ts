import type { CommandIo, OptionValues } from '../command.ts'
import { UsageError } from '../command.ts'
import { loadSettings } from '../load-settings.ts'
import { borrowDesk, type BorrowedDesk } from './borrow-desk.ts'

/** What a word after the command does. */
export interface DeskCall {
  readonly desk: BorrowedDesk
  /** What stands behind the word: a name or an id. */
  readonly subject: string
  readonly options: OptionValues
  readonly io: CommandIo
}

/** The words that a command understands, and whether they need something behind them. */
export type DeskActions = Readonly<
  Record<string, { readonly needs?: string; readonly run: (call: DeskCall) => Promise<void> }>
>

/**
 * Runs the action that the first word names, on the server that runs or on the data folder.
 * @throws {UsageError} For an unknown word, and for one too few or too many.
 */
export async function runOnDesk(
  actions: DeskActions,
  [word = '', subject = '', ...rest]: readonly string[],
  { options, io }: Pick<DeskCall, 'options' | 'io'>,
): Promise<number> {
  const action = Object.hasOwn(actions, word) ? actions[word] : undefined
  if (action === undefined) {
    throw new UsageError(`saw "${word}"; allowed: ${Object.keys(actions).join(', ')}`)
  }
  if (action.needs !== undefined && subject === '') {
    throw new UsageError(`${word} needs ${action.needs} behind it`)
  }
  if (rest.length > 0 || (action.needs === undefined && subject !== '')) {
    throw new UsageError(`saw too many words behind ${word}`)
  }
  const desk = await borrowDesk(loadSettings(options, io))
  try {
    await action.run({ desk, subject, options, io })
    return 0
  } finally {
    await desk.close()
  }
}

/** The option `--role`, undefined when it was not given. @throws {UsageError} */
export function readRole(options: OptionValues): 'viewer' | 'editor' | 'admin' | undefined {
  const { role } = options
  if (role === undefined || role === 'viewer' || role === 'editor' || role === 'admin') return role
  throw new UsageError(`saw the role "${String(role)}"; allowed: viewer, editor, admin`)
}

/** A time as people read it; `-` when there is none. */
export function formatTime(timeMs: number | null): string {
  // The Swedish way of writing a time is ours.
  return timeMs === null ? '-' : new Date(timeMs).toLocaleString('sv-SE')
}
