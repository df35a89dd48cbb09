import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Load, Sent } from '../../bench/dogstatsd/load.ts'

const execute = promisify(execFile)
const sender = fileURLToPath(new URL('../../bench/dogstatsd/sender.ts', import.meta.url))

/** Runs the benches' sender, a process of its own, until it has sent its load. */
export async function runSender(load: Load): Promise<Sent> {
  const { stdout } = await execute(process.execPath, [sender, JSON.stringify(load)])
  const sent: Sent = JSON.parse(stdout)
  return sent
}
