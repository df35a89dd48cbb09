import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openTmux, type Tmux } from '../../test/terminal/open-tmux.ts'
import { cpuPercent, median, readUsage } from '../process-cost.ts'
import { reportFigures } from '../report.ts'

const containers = 500
const size = { columns: 200, rows: 60 }
const warmUpMs = 10_000
const windows = 4
const windowMs = 10_000
/** What each picture begins with. */
const pictureStart = '\u001B[?2026h'

/**
 * What `vigie top` costs in a terminal of 200×60 with 500 containers whose figures all change each second. Pictures that
 * were drawn are counted: without a tick there is one in two seconds at most, and the figure worth nothing.
 * @returns Whether it keeps within 5 % of a core.
 */
export async function benchTop(): Promise<boolean> {
  const file = new URL('./synthetic-process.ts', import.meta.url).pathname
  const server = spawn(process.execPath, [file, String(containers)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const folder = await mkdtemp(join(tmpdir(), 'vigie-bench-top-'))
  try {
    const [port] = await once(server.stdout.setEncoding('utf8'), 'data')
    const env = { VIGIE_SERVER_URL: `http://127.0.0.1:${String(port).trim()}`, HOME: folder }
    await using tmux = await openTmux(size, { ...env, VIGIE_DATA_DIR: folder })
    return await measure(tmux, join(folder, 'written'))
  } finally {
    server.kill()
    await rm(folder, { recursive: true, force: true })
  }
}

async function measure(tmux: Tmux, recording: string): Promise<boolean> {
  const startedAt = performance.now()
  const main = process.env['VIGIE_TEST_MAIN'] ?? ''
  const node = `${process.execPath} --disable-warning=ExperimentalWarning`
  await tmux.send(`exec ${node} ${main} top --all`, 'Enter')
  await tmux.waitFor(/● live/)
  const startMs = performance.now() - startedAt
  await sleep(warmUpMs)
  await tmux.record(recording)
  const pids = [await tmux.pid()]
  const percents: number[] = []
  const beganAt = performance.now()
  let usage = readUsage(pids)
  for (let window = 0; window < windows; window += 1) {
    const from = usage
    await sleep(windowMs)
    usage = readUsage(pids)
    percents.push(cpuPercent(from, usage))
  }
  const seconds = (performance.now() - beganAt) / 1000
  const pictures = (await readFile(recording, 'utf8')).split(pictureStart).length - 1
  const load = (loadavg()[0] ?? 0).toFixed(1)
  return reportFigures(`vigie top, ${containers} containers, ${size.columns}×${size.rows}`, [
    {
      what: 'CPU',
      measured: median(percents),
      unit: '% of a core',
      atMost: 5,
      noise: `${percents.map((percent) => percent.toFixed(1)).join(', ')}; load of the machine ${load}`,
    },
    { what: 'pictures', measured: pictures / seconds, unit: 'a second', atLeast: 0.95 },
    { what: 'memory', measured: usage.rssBytes / 2 ** 20, unit: 'MiB' },
    { what: 'from the command to figures', measured: startMs, unit: 'ms' },
  ])
}
