import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { CheckDocument } from '../../../src/cli/check-document.ts'
import type { Point } from '../../../src/model/series.ts'

const execute = promisify(execFile)

/** The points that the shipped agent's `check docker` gives of an engine in so many runs, one a second. */
export async function runCheck(dockerHost: string, times: number): Promise<readonly Point[]> {
  const command = ['dist/agent/main.js', 'check', 'docker', '--json', '--times', String(times)]
  const env = { ...process.env, DOCKER_HOST: dockerHost }
  const { stdout } = await execute(process.execPath, command, { env, maxBuffer: 2 ** 28 })
  const document: CheckDocument = JSON.parse(stdout)
  return document.series.flatMap(({ points, ...series }) =>
    points.map(([timeMs, value]): Point => ({ kind: 'point', series, value, timeMs })),
  )
}
