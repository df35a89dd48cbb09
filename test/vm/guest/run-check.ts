import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Item } from '../../../src/model/item.ts'

const execute = promisify(execFile)

/** What the shipped agent's `check docker` gives of an engine, second by second. */
export async function runCheck(dockerHost: string, seconds: number): Promise<readonly Item[]> {
  const command = ['dist/main.js', 'check', 'docker', '--json', '--seconds', String(seconds)]
  const env = { ...process.env, DOCKER_HOST: dockerHost }
  const { stdout } = await execute(process.execPath, command, { env, maxBuffer: 2 ** 28 })
  // The command prints items as JSON, one a line.
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Item => JSON.parse(line))
}
