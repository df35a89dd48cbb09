import type { Command } from './command.ts'

/** What loads each command, by its name: most need much of the program that others do not. */
export type CommandLoaders = Readonly<Record<string, () => Promise<Command>>>

/** The command that a command line begins with, alone, so that it starts quickly; all of them where it names none. */
export async function loadCommands(
  loaders: CommandLoaders,
  [name = '']: readonly string[],
): Promise<readonly Command[]> {
  const load = Object.hasOwn(loaders, name) ? loaders[name] : undefined
  if (load !== undefined) return [await load()]
  return await Promise.all(Object.values(loaders).map((loadNext) => loadNext()))
}
