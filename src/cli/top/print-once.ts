import type { Settings } from '../../config/settings.ts'
import { chooseGlyphs } from '../../terminal/glyphs.ts'
import { lineText, type Size } from '../../terminal/line.ts'
import { createLiveTable, type LiveTable } from '../../terminal/live/live-table.ts'
import { createLogPane } from '../../terminal/live/log-pane.ts'
import { drawScreen } from '../../terminal/screens/draw-screen.ts'
import type { View } from '../../terminal/view/view.ts'
import type { CommandIo } from '../command.ts'
import { followLive } from './follow-live.ts'
import { openLabels, type ScreenLabels } from './open-labels.ts'

/** Of a screen that nobody sees. */
const usualSize: Size = { columns: 120, rows: 40 }

/**
 * Prints the containers screen as it is now, without any control codes.
 * @throws {ServerUnreachableError}
 */
export async function printOnce(settings: Settings, view: View, io: CommandIo): Promise<void> {
  const table = createLiveTable(() => performance.now())
  const done = new AbortController()
  const signal = AbortSignal.any([io.signal, done.signal])
  await followLive({ settings, table, signal, onNews: () => done.abort() })
  if (io.signal.aborted) return
  const labels = await readLabels(settings, view, table)
  const lines = drawScreen({
    view,
    table,
    labels,
    logs: createLogPane(),
    detail: undefined,
    size: io.terminalSize?.() ?? usualSize,
    glyphs: chooseGlyphs(io.env),
    clockMs: Date.now(),
  }).map(lineText)
  // The last line tells of keys.
  io.out(`${lines.slice(0, -1).join('\n').trimEnd()}\n`)
}

/** Those that the filter wants, as far as the server tells them soon. */
async function readLabels(settings: Settings, view: View, table: LiveTable): Promise<ScreenLabels> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const labels = openLabels(settings, resolve)
  if (labels.look(view, table)) await promise
  labels.close()
  return labels
}
