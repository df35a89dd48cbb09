import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { PrivateEngine } from '../engine/private-engine.ts'

const execute = promisify(execFile)

/**
 * Joins the network of a private engine with this machine's, so that its containers reach the machine as they would reach
 * the node that they run on. Goes with the engine.
 * @returns The machine's address as the containers see it.
 */
export async function joinNetwork(engine: PrivateEngine): Promise<string> {
  const pid = (await readFile(join(engine.root, 'docker.pid'), 'utf8')).trim()
  const random = randomBytes(3)
  const [ours, theirs] = [`vg${random.toString('hex')}a`, `vg${random.toString('hex')}b`]
  // Of the block for benchmarks of networks (RFC 2544), which nothing routes.
  const network = `198.18.${random[0]}.${(random[1] ?? 0) & 0xfc}`
  const address = (last: number): string =>
    network.replace(/\d+$/, (byte) => String(Number(byte) + last))
  const inside = (...args: readonly string[]): Promise<unknown> =>
    execute('nsenter', ['--target', pid, '--net', 'ip', ...args])
  await execute('ip', ['link', 'add', ours, 'type', 'veth', 'peer', 'name', theirs, 'netns', pid])
  await execute('ip', ['address', 'add', `${address(1)}/30`, 'dev', ours])
  await execute('ip', ['link', 'set', ours, 'up'])
  await inside('address', 'add', `${address(2)}/30`, 'dev', theirs)
  await inside('link', 'set', theirs, 'up')
  return address(1)
}
