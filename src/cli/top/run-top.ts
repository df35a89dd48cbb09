import type { Settings } from '../../config/settings.ts'
import { chooseGlyphs } from '../../terminal/glyphs.ts'
import type { Key } from '../../terminal/keys.ts'
import { createLiveTable } from '../../terminal/live/live-table.ts'
import { createPainter } from '../../terminal/paint/painter.ts'
import { choosePalette } from '../../terminal/paint/palette.ts'
import { drawScreen, surroundingsOf } from '../../terminal/screens/draw-screen.ts'
import type { Scene } from '../../terminal/screens/scene.ts'
import { pressKey } from '../../terminal/view/press-key.ts'
import type { View } from '../../terminal/view/view.ts'
import type { CommandIo } from '../command.ts'
import { createDrawTimer } from './draw-timer.ts'
import { followLive } from './follow-live.ts'
import { openCompanion } from './open-companion.ts'
import { openLabels } from './open-labels.ts'
import type { OpenTerminal } from './open-terminal.ts'
import { createKeyReader } from './read-keys.ts'

export interface TopOptions {
  readonly settings: Settings
  /** What is shown first. */
  readonly view: View
  readonly io: CommandIo
  readonly openTerminal: NonNullable<CommandIo['openTerminal']>
}

/** Ticks of several agents come shortly after each other: they are drawn together. */
const gatherMs = 80
/** Without news the clock and the ages go on: where some is due each second, only after it is late. */
const everyMs = { live: 2000, connecting: 1000, lost: 1000 } as const

/**
 * Shows the screens until somebody quits or the process is asked to stop.
 * @throws {ServerUnreachableError} When the server does not answer at the start.
 */
export async function runTop(options: TopOptions): Promise<void> {
  const { settings, io } = options
  const quit = new AbortController()
  const signal = AbortSignal.any([io.signal, quit.signal])
  const table = createLiveTable(() => performance.now())
  const painter = createPainter(choosePalette(io.env))
  const glyphs = chooseGlyphs(io.env)
  const companion = openCompanion({ settings, table, onNews: () => timer.within(gatherMs) })
  const labels = openLabels(settings, () => timer.within(0))
  const keys = createKeyReader(press)
  const state: { view: View; terminal: OpenTerminal | undefined } = {
    view: options.view,
    terminal: undefined,
  }
  const timer = createDrawTimer(draw)

  function sceneOf(terminal: OpenTerminal): Scene {
    const { logs } = companion
    const world = { table, labels, logs, detail: companion.detail(), glyphs, clockMs: Date.now() }
    return { ...world, view: state.view, size: terminal.size() }
  }

  function draw(): void {
    const { terminal } = state
    if (terminal === undefined || signal.aborted) return
    labels.look(state.view, table)
    const scene = sceneOf(terminal)
    const text = painter.paint(drawScreen(scene), scene.size)
    if (text !== '') terminal.write(text)
    timer.within(everyMs[table.link().kind])
  }

  function press(pressed: readonly Key[]): void {
    const { terminal } = state
    if (terminal === undefined) return
    for (const key of pressed) {
      if (key === 'ctrl-z') terminal.suspend()
      else if (key === 'ctrl-l') painter.forget()
      else state.view = pressKey(state.view, key, surroundingsOf(sceneOf(terminal)))
    }
    companion.show(state.view.page)
    if (state.view.page.kind === 'end') quit.abort()
    draw()
  }

  function redraw(): void {
    painter.forget()
    timer.within(0)
  }

  function onNews(event: string): void {
    // A server that cannot be reached at the start is told in the shell, not on a screen that goes at once.
    state.terminal ??= options.openTerminal({ onInput: keys.hear, onChange: redraw })
    if (event !== 'agents') timer.within(event === 'tick' ? gatherMs : 0)
  }

  try {
    await followLive({ settings, table, signal, onNews })
  } finally {
    timer.close()
    keys.close()
    companion.close()
    labels.close()
    state.terminal?.close()
  }
}
