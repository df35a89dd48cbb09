import { openStore } from '../../../src/store/open-store.ts'
import { defaultRetention } from '../../../src/store/retention.ts'
import { startVigie } from '../../../test/flow/vigie-process.ts'
import { LineMaker } from './line-maker.ts'
import { askAll } from './questions.ts'
import { sendLines, type SentLines } from './send-lines.ts'
import { readPeak, readUsage } from '../../process-cost.ts'
import { waitUntilIdle } from '../../wait-until-idle.ts'
import { reportFigures, type Figure } from '../../report.ts'

const lineCount = Number(process.env['VIGIE_BENCH_LINES'] ?? 20_000_000)
const spanMs = 24 * 3_600_000
const mebibyte = 1024 * 1024

/**
 * What the server makes of 20 million lines of 200 bytes, as much as 400 containers print in a day: what it costs to take
 * them in, what they take on disk, and how soon questions about all of them are answered, each over HTTP.
 * @returns Whether all bars hold.
 */
export async function benchLogsStore(): Promise<boolean> {
  await using server = await startVigie(['server'])
  const address = { url: await server.url(), key: await server.key() }
  const pid = server.process.pid ?? 0
  const toMs = Date.now()
  const fromMs = toMs - spanMs
  const stepNs = BigInt(Math.floor((spanMs * 1e6) / lineCount))
  const maker = new LineMaker(42, BigInt(fromMs) * 1_000_000n, stepNs)
  const before = readUsage([pid])
  const sent = await sendLines(maker, lineCount, address)
  const stored = readUsage([pid])
  const fresh = await askAll(address.url, { fromMs, toMs })
  await waitUntilIdle(pid)
  const merged = readUsage([pid])
  const settled = await askAll(address.url, { fromMs, toMs })
  const peakBytes = readPeak(pid)
  await server.stop()
  const disk = await readDisk(server.dataDir)
  const intake = {
    seconds: (stored.atMs - before.atMs) / 1000,
    cpuSeconds: stored.cpuSeconds - before.cpuSeconds,
    mergeSeconds: merged.cpuSeconds - stored.cpuSeconds,
  }
  return reportFigures(`Logs: ${lineCount / 1e6} million lines of 200 bytes in the store`, [
    ...intakeFigures(intake, sent),
    {
      what: 'server, highest memory',
      measured: peakBytes / mebibyte,
      unit: 'MiB',
      atMost: 1024,
    },
    ...diskFigures(disk, sent),
    ...settled,
    ...fresh.map(({ what, measured, unit }) => ({ what: `just stored: ${what}`, measured, unit })),
  ])
}

function intakeFigures(
  intake: { readonly seconds: number; readonly cpuSeconds: number; readonly mergeSeconds: number },
  sent: SentLines,
): readonly Figure[] {
  return [
    {
      what: 'lines stored for each second of CPU of the whole server',
      measured: sent.lineCount / intake.cpuSeconds / 1000,
      unit: 'thousand',
      atLeast: 250,
    },
    { what: 'lines stored each second', measured: sent.lineCount / intake.seconds / 1000, unit: 'thousand' },
    { what: 'CPU of merges and of questions, until all is merged', measured: intake.mergeSeconds, unit: 's' },
    { what: 'over the wire, of the messages', measured: (sent.wireBytes / sent.rawBytes) * 100, unit: '%' },
  ] // prettier-ignore
}

interface Disk {
  readonly allBytes: number
  readonly indexBytes: number
  readonly parts: number
}

function diskFigures(
  { allBytes, indexBytes, parts }: Disk,
  { rawBytes }: SentLines,
): readonly Figure[] {
  return [
    {
      what: 'on disk, of the messages',
      measured: (allBytes / rawBytes) * 100,
      unit: '%',
      atMost: 36,
    },
    { what: 'of that, the text index', measured: (indexBytes / rawBytes) * 100, unit: '%' },
    { what: 'parts', measured: parts, unit: '' },
  ]
}

/** The parts of all tables of logs that are in use; merged ones lie about for a while beside them. */
async function readDisk(dataDir: string): Promise<Disk> {
  const store = await openStore({
    dataDir,
    maxMemoryBytes: 512 * mebibyte,
    retention: defaultRetention,
    queueBytes: mebibyte,
    maxSeries: 1,
    logBudgetBytes: Number.MAX_SAFE_INTEGER,
  })
  const answer = await store.read.query({
    query: `SELECT toFloat64(sum(bytes_on_disk)) AS allBytes,
        toFloat64(sum(secondary_indices_compressed_bytes)) AS indexBytes, toFloat64(countIf(table = 'log_lines')) AS parts
      FROM system.parts WHERE active AND database = 'vigie' AND startsWith(table, 'log_')`,
    format: 'JSONEachRow',
  })
  const [disk] = await answer.json<Disk>()
  await store.close()
  if (disk === undefined) throw new Error('The store does not tell its parts')
  return disk
}
