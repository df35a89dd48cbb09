import { spawn, execFile } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { openEngine, type Engine } from './engine.ts'

const execute = promisify(execFile)
const busyboxScript = fileURLToPath(new URL('busybox-image.sh', import.meta.url))
const startLimitMs = 20_000

/** A Podman of the test's own that serves Docker's API. */
export interface PrivatePodman extends Engine {
  /** What the `podman` command printed, with the last newline cut off; in the network of the service. */
  podman(...args: readonly string[]): Promise<string>
}

/** Limits that also a machine with small ones can give. */
const settings = `[containers]
default_ulimits = ["nofile=1024:1024", "nproc=4096:4096"]
[engine]
runtime = "runc"
`

/**
 * Starts `podman system service` with storage and network of its own, and gives it the image `busybox`. Leaving its
 * `await using` removes its containers and its folder; only the empty cgroup `libpod_parent` stays.
 * @throws {Error} If this is not root on Linux, or the service does not answer in time.
 */
export async function startPrivatePodman(): Promise<PrivatePodman> {
  const root = await mkdtemp(join(tmpdir(), 'vigie-podman-'))
  const socketPath = join(root, 'podman.sock')
  const configPath = join(root, 'containers.conf')
  await writeFile(configPath, settings)
  const env = { ...process.env, CONTAINERS_CONF: configPath }
  const options = [
    '--root', join(root, 'storage'), '--runroot', join(root, 'run'),
    '--tmpdir', join(root, 'tmp'), '--network-config-dir', join(root, 'networks'),
    '--storage-driver', 'vfs', '--cgroup-manager', 'cgroupfs', '--events-backend', 'file',
  ] // prettier-ignore
  const serve = ['system', 'service', '--time=0', `unix://${socketPath}`]
  const start = 'ip link set lo up && exec "$@"'
  const service = spawn(
    'unshare',
    ['--net', 'sh', '-c', start, 'sh', 'podman', ...options, ...serve],
    { env, stdio: ['ignore', 'ignore', 'pipe'] },
  )
  const ended = once(service, 'exit')
  service.stderr.pipe(createWriteStream(join(root, 'service.log')))
  const inside = ['--target', String(service.pid), '--net', 'podman', ...options]
  const podman = async (...args: readonly string[]): Promise<string> =>
    (await execute('nsenter', [...inside, ...args], { env })).stdout.trimEnd()
  const takeAway = async (): Promise<void> => {
    await podman('rm', '--all', '--force', '--time', '0').catch(() => {})
    service.kill()
    await ended
    await rm(root, { recursive: true, force: true })
  }
  const engine = openEngine(`unix://${socketPath}`)
  try {
    await waitForAnswer(engine, ended)
    await importBusybox(podman, root)
    return { ...engine, podman, [Symbol.asyncDispose]: takeAway }
  } catch (cause) {
    const log = await readFile(join(root, 'service.log'), 'utf8').catch(() => '')
    await takeAway()
    throw new Error(`Cannot start a private Podman: ${log.slice(-500)}`, { cause })
  }
}

async function waitForAnswer(engine: Engine, ended: Promise<unknown>): Promise<void> {
  const deadline = performance.now() + startLimitMs
  let hasEnded = false
  void ended.then(() => (hasEnded = true))
  for (;;) {
    try {
      await engine.request({ method: 'GET', path: '/_ping' })
      return
    } catch (cause) {
      if (hasEnded || performance.now() > deadline) throw cause
    }
    await sleep(20)
  }
}

async function importBusybox(
  podman: (...args: readonly string[]) => Promise<string>,
  root: string,
): Promise<void> {
  const tarPath = join(root, 'busybox.tar')
  const script = spawn('sh', [busyboxScript], { stdio: ['ignore', 'pipe', 'inherit'] })
  await pipeline(script.stdout, createWriteStream(tarPath))
  await podman('import', '--change', 'CMD ["sh"]', tarPath, 'busybox:latest')
}
