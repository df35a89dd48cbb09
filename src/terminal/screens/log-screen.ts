import type { LogRow } from '../../api/contract/logs.ts'
import { fitLine, foldText, spreadLine, textLine, type Line, type Style } from '../line.ts'
import { toScreenText } from '../text/screen-text.ts'
import { clockText } from '../text/units.ts'
import type { Page } from '../view/view.ts'
import { linkSpans } from './header.ts'
import { hintLine } from './hint-line.ts'
import type { Scene } from './scene.ts'

const levelStyles: Partial<Readonly<Record<LogRow['level'], Style>>> = {
  error: 'bad',
  critical: 'bad',
  alert: 'bad',
  emergency: 'bad',
  warn: 'warn',
  debug: 'dim',
  trace: 'dim',
}

/** The log of one container, the newest line at the bottom unless one has scrolled up. */
export function drawLog(scene: Scene, page: Page & { kind: 'logs' }): readonly Line[] {
  const { size, table, logs, glyphs } = scene
  const name = toScreenText(table.rowOf(page.id)?.container.name ?? page.id.slice(0, 12))
  const head = spreadLine(
    { spans: [{ text: `log of ${name}`, style: 'strong' }] },
    { spans: linkSpans(table.link(), scene) },
    size.columns,
  )
  const room = size.rows - 2
  const body = drawLines(scene, page.until, room)
  const sentence = logs.sentence()
  const lines = body.length === 0 ? [textLine(sentence || 'No line yet', 'dim')] : body
  const blank = Array.from({ length: room - lines.length }, () => textLine(''))
  return [head, ...lines, ...blank, footLine(scene, page)].map((line) =>
    fitLine(line, size.columns, glyphs.ellipsis),
  )
}

/** From the last line upwards until there is no room. */
function drawLines(scene: Scene, until: number | undefined, room: number): readonly Line[] {
  const { first, newest } = scene.logs.bounds()
  const lines: Line[] = []
  for (let number = until ?? newest; number >= first && lines.length < room; number -= 1) {
    const row = scene.logs.lineAt(number)
    if (row !== undefined) lines.unshift(...drawEntry(row, scene))
  }
  return lines.slice(-room)
}

function drawEntry(row: LogRow, { view, size }: Scene): readonly Line[] {
  const time = view.hasTimes ? `${clockText(row.time)} ` : ''
  const width = Math.max(1, size.columns - time.length)
  const style = levelStyles[row.level] ?? 'plain'
  return row.message
    .split(/\r?\n/)
    .flatMap((text) => foldText(toScreenText(text), width))
    .map((text, at) => ({
      spans: [
        { text: at === 0 ? time : ' '.repeat(time.length), style: 'dim' },
        { text, style },
      ],
    }))
}

function footLine({ logs, size }: Scene, { until }: Page & { kind: 'logs' }): Line {
  const { first, newest } = logs.bounds()
  const sentence = logs.sentence()
  // Without a line it stands in the place of the lines.
  if (sentence !== '' && newest >= first) return textLine(sentence, 'warn')
  return hintLine(
    [
      [until === undefined ? 'following' : `${newest - until} newer below, End follows`, 1],
      ['t times', 2],
      ['arrows PgUp PgDn scroll', 4],
      ['? help', 3],
      ['Esc back'],
    ],
    size.columns,
  )
}
