import { ticks } from '../../component/ticks.ts'
import type { Batch } from '../../model/item.ts'
import type { Point } from '../../model/series.ts'
import type { Sketch } from '../../model/sketch.ts'
import type { Telemetry } from '../../telemetry/telemetry.ts'
import { Thinner } from './thinner.ts'

/** What is to be sent together: points as the thinner makes them, and distributions as they came. */
export interface Thinned {
  readonly points: readonly Point[]
  readonly sketches: readonly Sketch[]
}

/** How it is thinned. */
export interface ThinInputOptions {
  readonly intervalMs: number
  readonly clock: () => number
  /** Of the sink, in the reasons of what is dropped: `<name>.late`, `<name>.unencodable`. */
  readonly name: string
  readonly telemetry: Telemetry
  /** Called with one after the other, in the order of time; never with nothing. What it throws loses no more than that. */
  readonly send: (thinned: Thinned) => Promise<void> | void
}

/** How long after an interval's end its last points may still come. */
const graceMs = 2000
/** Points and distributions that may wait for the end of the interval. */
const mostWaiting = 10_000

/** Hands on what is due after each interval, until the input ends; then the rest. */
export async function thinInput(
  input: AsyncIterable<Batch>,
  options: ThinInputOptions,
): Promise<void> {
  const { intervalMs, clock, name, telemetry } = options
  const onLate = (count: number): void => telemetry.countDropped(`${name}.late`, count)
  const thinner = new Thinner({ intervalMs, graceMs, onLate })
  let sketches: Sketch[] = []
  let sent: Promise<void> = Promise.resolve()
  const handOn = async (points: readonly Point[]): Promise<void> => {
    const thinned = { points, sketches }
    sketches = []
    if (points.length + thinned.sketches.length > 0)
      sent = sent.then(() => sendSafely(thinned, options))
    await sent
  }
  const inputEnded = new AbortController()
  const ticking = handOnDue(intervalMs, { clock, signal: inputEnded.signal }, (nowMs) =>
    handOn(thinner.takeDue(nowMs)),
  )
  try {
    for await (const batch of input) {
      takePoints(batch, thinner)
      sketches.push(...batch.filter((item) => item.kind === 'sketch'))
      if (thinner.readyCount + sketches.length > mostWaiting) await handOn(thinner.takeReady())
    }
  } finally {
    inputEnded.abort()
    await ticking
    await handOn(thinner.takeAll())
  }
}

async function sendSafely(
  thinned: Thinned,
  { name, telemetry, send }: ThinInputOptions,
): Promise<void> {
  try {
    await send(thinned)
  } catch (error) {
    const items = thinned.points.length + thinned.sketches.length
    telemetry.countDropped(`${name}.unencodable`, items)
    telemetry.log.error({ items }, `Cannot encode what ${name} was to send: ${String(error)}`)
  }
}

/** What is no number has no place on a wire. */
function takePoints(batch: Batch, thinner: Thinner): void {
  for (const item of batch)
    if (item.kind === 'point' && Number.isFinite(item.value)) thinner.take(item)
}

async function handOnDue(
  intervalMs: number,
  when: { readonly clock: () => number; readonly signal: AbortSignal },
  handOn: (nowMs: number) => Promise<void>,
): Promise<void> {
  const late = { ...when, clock: (): number => when.clock() - graceMs }
  for await (const tickMs of ticks(intervalMs, late)) await handOn(tickMs + graceMs)
}
