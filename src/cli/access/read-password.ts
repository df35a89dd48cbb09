import { makePassword } from '../../access/secrets.ts'
import { UsageError, type CommandIo, type OptionValues } from '../command.ts'

/** A password, and whether the person at the terminal has yet to be told it. */
export interface GivenPassword {
  readonly password: string
  readonly isMade: boolean
}

/** The options of commands that need a password. */
export const passwordOptions = [
  { flags: '--password-stdin', about: 'read the password from standard input' },
  { flags: '--generate', about: 'make a password, and print it this one time' },
] as const

/**
 * The password for an account: made, read, or typed twice without being shown. It is no option of its own: every user of
 * the machine sees those in the list of processes.
 * @throws {UsageError} When there is no way to get one, and when what was typed is not the same twice.
 */
export async function readPassword(options: OptionValues, io: CommandIo): Promise<GivenPassword> {
  if (options['generate'] === true) return { password: makePassword(), isMade: true }
  if (options['passwordStdin'] === true) {
    const text = (await io.readInput?.()) ?? ''
    return { password: text.replace(/\r?\n$/, ''), isMade: false }
  }
  if (io.askSecret === undefined) {
    throw new UsageError(
      'nobody can be asked for the password here; give --password-stdin or --generate',
    )
  }
  const password = await io.askSecret('Password: ')
  const again = await io.askSecret('The same again: ')
  if (password !== again) throw new UsageError('the two passwords are not the same; try again')
  return { password, isMade: false }
}
