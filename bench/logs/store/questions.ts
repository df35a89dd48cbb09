import { getJson } from '../../../test/flow/vigie-process.ts'
import { median } from '../../process-cost.ts'
import type { Figure } from '../../report.ts'
import { words } from './line-maker.ts'

/** What is asked of all lines; those without a bar are there to compare. */
interface Question {
  readonly what: string
  readonly path: 'logs' | 'logs/histogram'
  readonly query: string
  readonly atMost?: number
  readonly rounds: number
}

const rounds = 7

const questions: readonly Question[] = [
  { what: 'a rare word', path: 'logs', query: words.rare, atMost: 60, rounds },
  { what: 'a common word, newest 200', path: 'logs', query: words.common, atMost: 150, rounds },
  { what: 'lines by time and level', path: 'logs/histogram', query: '', atMost: 350, rounds },
  {
    what: '/regex/ that 13,000 lines match, newest 200',
    path: 'logs',
    query: String.raw`/gateway-1[0-3] timed out after \d+/`,
    atMost: 500,
    rounds,
  },
  {
    what: '/regex/ that 20 lines match, with a whole word',
    path: 'logs',
    query: String.raw`/\S+ ${words.rare}$/`,
    atMost: 500,
    rounds,
  },
  {
    what: '/regex/ that 20 lines match, without: every line is read',
    path: 'logs',
    query: `/${words.rare.slice(1, 4)}[a-z]{3}/`,
    rounds: 2,
  },
  { what: 'the newest 200', path: 'logs', query: '', rounds },
  {
    what: 'lines with a common word by time and level',
    path: 'logs/histogram',
    query: words.common,
    rounds,
  },
  { what: 'errors, newest 200', path: 'logs', query: 'level:error', rounds },
  { what: 'one container, newest 200', path: 'logs', query: 'container:shop-100', rounds },
]

/** Asks each question some times over the whole range; figures are medians of how long the answers took. */
export async function askAll(
  url: string,
  range: { readonly fromMs: number; readonly toMs: number },
): Promise<readonly Figure[]> {
  const figures: Figure[] = []
  for (const question of questions) {
    const parameters = new URLSearchParams({
      query: question.query,
      from: `${range.fromMs}`,
      to: `${range.toMs}`,
    })
    const times: number[] = []
    for (let round = 0; round < question.rounds; round += 1) {
      const startMs = performance.now()
      await getJson(`${url}/api/${question.path}?${parameters.toString()}`)
      times.push(performance.now() - startMs)
    }
    figures.push(toFigure(question, times))
  }
  return figures
}

function toFigure({ what, atMost }: Question, times: readonly number[]): Figure {
  const noise = `${Math.min(...times).toFixed(0)} to ${Math.max(...times).toFixed(0)}`
  const figure = { what, measured: median(times), unit: 'ms', noise }
  return atMost === undefined ? figure : { ...figure, atMost }
}
