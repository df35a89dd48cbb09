import { fitLine, textLine, type Line } from '../line.ts'
import type { Scene } from './scene.ts'

const keys: readonly (readonly [keys: string, about: string])[] = [
  ['up down j k', 'move; PgUp PgDn Home End further'],
  ['o Enter', 'one container: charts, limits, ports'],
  ['l', 'its log, live; t times, arrows scroll'],
  ['a', 'all containers, or only running ones'],
  ['f /', 'filter; Esc clears it'],
  ['s', 'sort by a column'],
  ['r', 'reverse the order'],
  ['g', 'group by project, image or host'],
  ['c', 'choose columns and their order'],
  ['? h', 'this help'],
  ['Esc', 'back'],
  ['Ctrl-L', 'draw the screen anew'],
  ['q Ctrl-C', 'quit'],
]
const filters: readonly (readonly [text: string, about: string])[] = [
  ['web shop', 'both words, in names, image, service or host'],
  ['state:exited -image:redis', 'a field, or any tag; - turns it round'],
  ['label.com.example.team:web', 'a label, by its whole name'],
  ['cpu:>50 mem:>=1GiB', 'figures: cpu mem netin netout read write'],
  ['threads:>100 uptime:<1h', 'and threads, throttled, restarts, exit, uptime'],
]

/** All keys, and what a filter may say. */
export function drawHelp({ size, glyphs }: Scene): readonly Line[] {
  const lines = [
    textLine('Keys', 'strong'),
    ...keys.map((entry) => entryLine(entry, 14)),
    textLine(''),
    textLine('Filter', 'strong'),
    ...filters.map((entry) => entryLine(entry, 28)),
  ]
  const room = size.rows - 1
  const blank = Array.from({ length: Math.max(0, room - lines.length) }, () => textLine(''))
  return [...lines.slice(0, room), ...blank, textLine('Esc back', 'dim')].map((line) =>
    fitLine(line, size.columns, glyphs.ellipsis),
  )
}

function entryLine([name, about]: readonly [string, string], width: number): Line {
  return { spans: [{ text: `  ${name.padEnd(width)}`, style: 'series' }, { text: about }] }
}
