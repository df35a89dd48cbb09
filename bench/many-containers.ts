import type { Engine } from '../test/engine/engine.ts'

/** How many containers are watched. */
export const containerCount = Number(process.env['VIGIE_BENCH_CONTAINERS'] ?? 100)

const memoryBytes = 64 * 1024 * 1024
/** Every container does a little each second, so that no figure stands still. */
const work = [
  'sh',
  '-c',
  'while :; do i=0; while [ $i -lt 500 ]; do i=$((i+1)); done; sleep 1; done',
]

/** Starts containers, four at a time, numbered from `first`; their ids. */
export async function startContainers(
  engine: Engine,
  count: number,
  first = 0,
): Promise<readonly string[]> {
  const ids: string[] = []
  const next = Array.from({ length: count }, (_none, at) => `bench-${first + at}`).values()
  const start = async (): Promise<void> => {
    for (const name of next) ids.push((await engine.run({ name, command: work, memoryBytes })).id)
  }
  await Promise.all([start(), start(), start(), start()])
  return ids
}
