import { execFileSync } from 'node:child_process'
import { appendFileSync, readFileSync } from 'node:fs'
import { availableParallelism, release } from 'node:os'

/** One measured figure beside the bar it has to keep. */
export interface Figure {
  readonly what: string
  readonly measured: number
  readonly unit: string
  /** Not more than this; without this and `atLeast` the figure is only there to compare. */
  readonly atMost?: number
  /** Not less than this. */
  readonly atLeast?: number
  /** Spread of the repeated measurements, as text. */
  readonly noise?: string
}

/** Prints the figures as a Markdown table, adds them to `RESULTS.md` when asked to, and tells whether all bars hold. */
export function reportFigures(title: string, figures: readonly Figure[]): boolean {
  const lines = [
    `### ${title}`,
    '',
    '| what | measured | bar | |',
    '|---|---:|---:|---|',
    ...figures.map(toLine),
    '',
  ].join('\n')
  console.log(lines)
  if (process.env['VIGIE_BENCH_RECORD'] === '1') {
    appendFileSync(new URL('RESULTS.md', import.meta.url), `\n${describeRun()}\n\n${lines}`)
  }
  return figures.every(isKept)
}

function toLine(figure: Figure): string {
  const { what, measured, unit, noise } = figure
  const bar = describeBar(figure)
  const verdict = bar === '' ? '' : isKept(figure) ? 'kept' : '**MISSED**'
  return `| ${what} | ${format(measured)} ${unit}${noise === undefined ? '' : ` (${noise})`} | ${bar} | ${verdict} |`
}

function describeBar({ atMost, atLeast, unit }: Figure): string {
  const bars = [
    atLeast === undefined ? '' : `≥ ${atLeast}`,
    atMost === undefined ? '' : `≤ ${atMost}`,
  ]
  const told = bars.filter((bar) => bar !== '').join(', ')
  return told && `${told} ${unit}`
}

function isKept({ measured, atMost = Infinity, atLeast = -Infinity }: Figure): boolean {
  return measured <= atMost && measured >= atLeast
}

function format(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2)
}

function describeRun(): string {
  const cpu =
    /^model name\s*:\s*(.*)$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1] ?? 'unknown CPU'
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
  const day = new Date().toISOString().slice(0, 10)
  return `${day}, commit ${commit}, ${availableParallelism()} × ${cpu}, Linux ${release().split('-', 1)[0]}, Node ${process.versions.node}`
}
