// Behind `make image`: builds the images of agent and server for this machine's kind of processor, from the built program.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { buildContext } from './build-context.ts'

const root = resolve(import.meta.dirname, '../..')
const context = join(root, '.cache/image')

/** What may be told of the images. */
export interface ImageOptions {
  /** System whose C library they get; an image with glibc, libstdc++ and a shell. */
  readonly base?: string | undefined
  /** Registry before the names: `registry.example.com/tools`. */
  readonly registry?: string | undefined
  /** Variables of the `docker` command. */
  readonly environment?: NodeJS.ProcessEnv
}

/** Names with their tags. */
export interface BuiltImages {
  readonly agent: string
  readonly server: string
}

/**
 * Builds both images of the program in `dist`.
 * @throws {Error} If the program is not built or `docker build` fails, with what it said.
 */
export async function buildImages(options: ImageOptions = {}): Promise<BuiltImages> {
  await buildContext(context)
  const prefix = options.registry === undefined ? '' : `${options.registry.replace(/\/+$/, '')}/`
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const names = {
    agent: `${prefix}vigie-agent:${version}`,
    server: `${prefix}vigie:${version}`,
  }
  const base = options.base === undefined ? {} : { BASE: options.base }
  const { environment } = options
  await build({ target: 'agent', name: names.agent, values: base, environment })
  const values = { ...base, AGENT_IMAGE: names.agent }
  await build({ target: 'server', name: names.server, values, environment })
  return names
}

/** One call of `docker build`. */
interface Build {
  readonly target: keyof BuiltImages
  readonly name: string
  readonly values: Readonly<Record<string, string>>
  readonly environment: NodeJS.ProcessEnv | undefined
}

async function build({ target, name, values, environment }: Build): Promise<void> {
  // The classic builder is sent all there is, and goes through the stages before the target: the server's is the last.
  const without = target === 'agent' ? ['--exclude=./server'] : []
  const tar = spawn('tar', ['-C', context, ...without, '-c', '.'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const settings = Object.entries(values).flatMap(([key, value]) => ['--build-arg', `${key}=${value}`]) // prettier-ignore
  const docker = spawn(
    'docker',
    ['build', '--quiet', '--network', 'none', '--target', target, '--tag', name, ...settings, '-'],
    { stdio: ['pipe', 'ignore', 'pipe'], env: { ...process.env, ...environment } },
  )
  const said = text(docker.stderr)
  const ended = once(docker, 'close')
  // A build that fails early reads no further: what it says is worth more than that.
  await pipeline(tar.stdout, docker.stdin).catch(() => {})
  const [code]: unknown[] = await ended
  if (code !== 0) throw new Error(`Cannot build the image ${name}: ${(await said).trim()}`)
}

if (import.meta.main) {
  const { agent, server } = await buildImages({
    base: process.env['VIGIE_IMAGE_BASE'],
    registry: process.env['VIGIE_IMAGE_REGISTRY'],
  })
  process.stdout.write(`${agent}\n${server}\n`)
}
