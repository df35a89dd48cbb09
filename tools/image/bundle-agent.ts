import { join } from 'node:path'
import { rolldown } from 'rolldown'

/** The worker is a file of its own beside the program: it is started by its address. The probe is a program by itself. */
const entries = {
  main: 'main.js',
  worker: 'sources/dogstatsd/receive/worker.js',
  probe: 'cli/probe.js',
}
const allCommands = './cli/commands/index.js'
const agentCommands = 'cli/commands/agent-commands.js'

/**
 * Writes what the agent runs of `dist` and of npm's packages as a few files: no server, no store, no page. koffi stays a package, because
 * it finds its native part by itself.
 * @param dist The built program.
 * @param to Two folders below that of `package.json`: as deep as the program expects itself to lie.
 * @returns Paths of npm's packages that are in it.
 */
export async function bundleAgent(dist: string, to: string): Promise<readonly string[]> {
  const build = await rolldown({
    input: Object.fromEntries(
      Object.entries(entries).map(([name, path]) => [name, join(dist, path)]),
    ),
    platform: 'node',
    external: ['koffi'],
    plugins: [
      {
        name: 'agent-commands',
        resolveId: (source, importer) =>
          importer === join(dist, 'main.js') && source === allCommands
            ? join(dist, agentCommands)
            : undefined,
      },
    ],
  })
  const { output } = await build.write({
    dir: to,
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: '[name]-[hash].js',
  })
  await build.close()
  const modules = output.flatMap((part) => (part.type === 'chunk' ? part.moduleIds : []))
  return [...new Set(modules.flatMap((path) => packageOf(path) ?? []))].toSorted()
}

/** `/x/node_modules/@a/b/lib/c.js` is of the package at `/x/node_modules/@a/b`. */
function packageOf(path: string): string | undefined {
  return /^(\/.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1]
}
