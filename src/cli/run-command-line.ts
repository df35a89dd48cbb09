import { Command as Parser, CommanderError } from 'commander'
import { UsageError, type Command, type CommandIo, type OptionValues } from './command.ts'
import { readVersion } from './version.ts'

/** What the process exits with. */
const exitCodes = { ok: 0, failed: 1, wrongUse: 2 } as const

/**
 * Finds the command that `args` (without node and script) name among `commands`, runs it and resolves with the exit
 * code: what the command returned, or 0 after `--help`, 1 after a fault, 2 after wrong use. Never throws.
 */
export async function runCommandLine(
  args: readonly string[],
  commands: readonly Command[],
  io: CommandIo,
): Promise<number> {
  let exitCode: number = exitCodes.ok
  const program = createProgram(io)
  for (const command of commands) {
    const parser = addCommand(program, command)
    parser.action(async () => {
      exitCode = await command.run(parser.args, parser.opts<OptionValues>(), io)
    })
  }
  try {
    await program.parseAsync(args, { from: 'user' })
    return exitCode
  } catch (error) {
    return reportError(error, io)
  }
}

function createProgram(io: CommandIo): Parser {
  return new Parser('vigie')
    .description('Watches containers: metrics, events, health, and pages that show them.')
    .version(readVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .configureOutput({ writeOut: io.out, writeErr: io.err })
    .showHelpAfterError('(add --help to see what is allowed)')
    .exitOverride()
}

function addCommand(program: Parser, command: Command): Parser {
  // Settings such as the exit override pass to subcommands only when made with `.command()`.
  const parser = program.command(command.name).description(command.about)
  for (const argument of command.arguments ?? []) parser.argument(argument.name, argument.about)
  for (const { flags, about, isRepeatable } of command.options) {
    if (isRepeatable === true) parser.option(flags, about, gather)
    else parser.option(flags, about)
  }
  return parser
}

/** What commander keeps of an option that is given once more. */
function gather(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value]
}

function reportError(error: unknown, io: CommandIo): number {
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? exitCodes.ok : exitCodes.wrongUse
  }
  if (error instanceof UsageError) {
    io.err(`error: ${error.message}\n(add --help to see what is allowed)\n`)
    return exitCodes.wrongUse
  }
  io.err(`vigie: ${describeError(error)}\n`)
  return exitCodes.failed
}

/** A fault we know carries a `code` and needs no stack; anything else is our own mistake, and its place matters. */
function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return isKnownFault(error) ? error.message : (error.stack ?? error.message)
}

/** `ERR_…` is Node's mark for a call that is wrong in the program itself. */
function isKnownFault(error: Error): boolean {
  return 'code' in error && typeof error.code === 'string' && !error.code.startsWith('ERR_')
}
