import { execFileSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { agentRuntimeOption } from '../../src/cli/agent-process.ts'
import { bundleAgent } from './bundle-agent.ts'

const root = resolve(import.meta.dirname, '../..')
const dist = join(root, 'dist')
const page = join(root, 'web/dist')

/** `vigie health` in a fifth of its time: a health check comes every half minute. */
const healthProgram = `const { probe } = await import('/opt/vigie/probe.js')
await probe(process.argv[2], process.env.VIGIE_DATA_DIR).then(console.log, ({ message }) => {
  console.error(message)
  process.exitCode = 1
})
`

/**
 * Puts together what the images are built from: `program/` with Node, `agent/`, `server/`, and `empty/` for a folder of data.
 * @param to Made anew.
 * @throws {Error} If the program or the page is not built, or a tool is missing.
 */
export async function buildContext(to: string): Promise<void> {
  for (const built of [join(dist, 'main.js'), join(page, 'index.html')]) {
    if (!existsSync(built)) throw new Error(`Cannot build the images: ${built} is missing`)
  }
  rmSync(to, { recursive: true, force: true })
  mkdirSync(join(to, 'empty'), { recursive: true })
  cpSync(join(root, 'deploy/image/Dockerfile'), join(to, 'Dockerfile'))
  writeProgram(join(to, 'program'))
  await writeAgent(join(to, 'agent'))
  writeServer(join(to, 'server'))
}

/** Node without its symbols, a seventh of it, of which nothing makes use. */
function writeProgram(to: string): void {
  mkdirSync(to)
  execFileSync('strip', ['--strip-all', '-o', join(to, 'node'), process.execPath])
  // Neither `env` nor a shell is in the image.
  const interpreter = '#!/opt/vigie/bin/node'
  const program = `${interpreter} ${agentRuntimeOption}`
  writeFileSync(join(to, 'vigie'), `${program}\nawait import('/opt/vigie/main.js')\n`, {
    mode: 0o755,
  })
  writeFileSync(join(to, 'health'), `${interpreter}\n${healthProgram}`, { mode: 0o755 })
}

async function writeAgent(to: string): Promise<void> {
  const bundled = await bundleAgent(dist, join(to, 'dist/agent'))
  writeStart(to, { main: './dist/agent/main.js', probe: './dist/agent/probe.js' })
  writeFileSync(join(to, 'THIRD-PARTY-LICENSES'), bundled.map(readLicense).join('\n'))
  for (const name of ['koffi', `@koromix/koffi-linux-${process.arch}`])
    copyPackage(`node_modules/${name}`, to)
}

/** The program as it is tested, with the packages that it needs to run. */
function writeServer(to: string): void {
  cpSync(dist, join(to, 'dist'), { recursive: true })
  cpSync(page, join(to, 'web/dist'), { recursive: true })
  writeStart(to, { main: './dist/main.js', probe: './dist/cli/probe.js' })
  for (const path of listPackages()) copyPackage(path, to)
}

function writeStart(to: string, { main, probe }: Readonly<Record<'main' | 'probe', string>>): void {
  for (const file of ['package.json', 'LICENSE']) cpSync(join(root, file), join(to, file))
  writeFileSync(join(to, 'main.js'), `import '${main}'\n`)
  writeFileSync(join(to, 'probe.js'), `export { probe } from '${probe}'\n`)
}

/** Of the lock file, what is here and not for development alone; Node itself is in the image already. */
function listPackages(): readonly string[] {
  const lock: { readonly packages: Readonly<Record<string, { dev?: boolean; link?: boolean }>> } =
    JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  return Object.entries(lock.packages)
    .filter(([path, { dev, link }]) => path.startsWith('node_modules/') && !dev && !link)
    .map(([path]) => path)
    .filter((path) => !basename(path).startsWith('node-linux-') && existsSync(join(root, path)))
}

/** Without what is for those who read or compile it, and without what is for another C library. */
function copyPackage(path: string, to: string): void {
  const from = join(root, path)
  cpSync(from, join(to, path), {
    recursive: true,
    filter: (file) =>
      !/\/(node_modules|musl_\w+)$|^\/node_modules\/koffi\/(vendor|doc)$|\.(map|md|d\.[cm]?ts|cc|hh?|inc|S|asm)$/.test(
        file.slice(root.length),
      ),
  })
}

function readLicense(folder: string): string {
  const texts = globSync('{LICENSE,LICENCE,license}*', { cwd: folder }).map((file) =>
    readFileSync(join(folder, file), 'utf8'),
  )
  return `${folder.slice(folder.lastIndexOf('node_modules/'))}\n\n${texts.join('\n')}`
}
