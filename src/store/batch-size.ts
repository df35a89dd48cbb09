import type { StoreBatch } from './store.ts'

/** A point waits as a reference, a time and a value, and once more in the columns of its insert. */
const pointBytes = 64
const rowBytes = 200
/** A sketch, but for its bins; each of these waits in 6 bytes, and again as text in its insert. */
const sketchBytes = 500
const binBytes = 16
const containerBytes = 4096
const runBytes = 1024
/** The columns of a line beside its texts. */
const lineBytes = 26
const ledgerBytes = 1024

/** About the memory a batch takes while it waits, in bytes. */
export function batchBytes(batch: StoreBatch): number {
  const points = (batch.points?.series.length ?? 0) * pointBytes
  const sketches = (batch.sketches ?? []).reduce(
    (sum, { keys }) => sum + sketchBytes + binBytes * keys.length,
    0,
  )
  const events = (batch.events ?? []).reduce(
    (sum, { title, text, tags }) =>
      sum + rowBytes + 2 * (title.length + text.length) + 64 * tags.length,
    0,
  )
  const checks = (batch.serviceChecks ?? []).reduce(
    (sum, { message, tags }) => sum + rowBytes + 2 * message.length + 64 * tags.length,
    0,
  )
  const runs = (batch.runs ?? []).reduce((sum, { tags }) => sum + runBytes + 64 * tags.length, 0)
  const logs = (batch.logs ?? []).reduce(
    (sum, { lineCount, messages, attributes }) =>
      sum + lineBytes * lineCount + messages.length + attributes.length,
    0,
  )
  const ledgers = (batch.ledgers?.length ?? 0) * ledgerBytes
  return (
    logs +
    ledgers +
    points +
    sketches +
    events +
    checks +
    runs +
    (batch.containers?.length ?? 0) * containerBytes
  )
}
