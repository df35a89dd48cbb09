import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { after, before, describe, test } from 'node:test'
import type { ClickHouseClient } from '@clickhouse/client'
import { caseSeries, seedSeries, seedStartS } from '../../../test/prometheus/seed-series.ts'
import { openTemporaryStore, type TemporaryStore } from '../../store/temporary-store.ts'
import { openPrometheus, type PrometheusQuestions } from './open-prometheus.ts'
import type { QueryData } from './prometheus-answer.ts'
import { PrometheusError } from './prometheus-error.ts'

/** A query and what Prometheus gives; the heads of the files say of which version, and how it was asked. */
interface Case {
  readonly query: string
  readonly expected: readonly string[]
}

function readCases(name: string): readonly Case[] {
  const text = readFileSync(join(import.meta.dirname, `cases/${name}.txt`), 'utf8')
  return text
    .trim()
    .split('\n\n')
    .filter((block) => !block.startsWith('#'))
    .map((block) => {
      const [query = '', ...expected] = block.split('\n')
      return { query: query.slice(2), expected }
    })
}

describe('PromQL', () => {
  let store: TemporaryStore
  let prometheus: PrometheusQuestions

  before(async () => {
    store = await openTemporaryStore()
    await seedSeries(store, caseSeries)
    prometheus = openPrometheus({ ...store, read: rememberAnswers(store.read) })
  })

  after(async () => store[Symbol.asyncDispose]())

  for (const { query, expected } of readCases('instant')) {
    test(query, async () => {
      const timeMs = (seedStartS + 607) * 1000
      const asked = prometheus.query({ query: fillTimes(query), timeMs })
      assertEqual(await answerLines(asked), expected)
    })
  }

  for (const { query, expected } of readCases('range')) {
    test(`${query} over a time`, async () => {
      const asked = prometheus.queryRange({
        query: fillTimes(query),
        startMs: (seedStartS + 67) * 1000,
        endMs: (seedStartS + 607) * 1000,
        stepMs: 90_000,
      })
      assertEqual(await answerLines(asked), expected)
    })
  }
})

function fillTimes(query: string): string {
  return query.replaceAll(/\$T(\d*)/g, (_, seconds: string) => String(seedStartS + Number(seconds)))
}

/** The samples never change, so that the same statement has the same answer. */
function rememberAnswers(client: ClickHouseClient): ClickHouseClient {
  const answers = new Map<string, Promise<unknown[]>>()
  const remember = (statement: Statement, ask: () => Promise<unknown[]>): Promise<unknown[]> => {
    const key = JSON.stringify([statement.query, statement.query_params])
    const answer = answers.get(key) ?? ask()
    answers.set(key, answer)
    return answer
  }
  const query = (statement: Statement): unknown => {
    const ask = async (): Promise<unknown[]> =>
      (await client.query({ ...statement, format: 'JSONEachRow' })).json()
    return { json: async () => structuredClone(await remember(statement, ask)) }
  }
  const exec = async (statement: Statement): Promise<unknown> => {
    const ask = async (): Promise<unknown[]> =>
      Array.fromAsync((await client.exec(statement)).stream)
    return { stream: Readable.from(await remember(statement, ask)) }
  }
  return new Proxy(client, {
    get: (target, name) => ({ query, exec })[String(name)] ?? Reflect.get(target, name, target),
  })
}

type Statement = Parameters<ClickHouseClient['exec']>[0]

async function answerLines(asked: Promise<QueryData>): Promise<readonly string[]> {
  try {
    return linesOf(await asked)
  } catch (error) {
    if (error instanceof PrometheusError) return [`error ${error.message}`]
    throw error
  }
}

function linesOf(data: QueryData): readonly string[] {
  if (data.resultType === 'vector') {
    return data.result.map(({ metric, value }) => `${nameOf(metric)} ${value[1]}`)
  }
  if (data.resultType === 'matrix') {
    return data.result.map(({ metric, values }) => {
      const samples = values.map(([seconds, value]) => `@${seconds - seedStartS} ${value}`)
      return `${nameOf(metric)} ${samples.join(' ')}`
    })
  }
  return [`${data.resultType} ${data.result[1]}`]
}

function nameOf({ __name__: metric = '', ...labels }: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}=${JSON.stringify(value)}`)
  return `${metric}{${pairs.toSorted().join(', ')}}`
}

/** Equal in any order; numbers up to what the order of additions makes of their last digits. */
function assertEqual(lines: readonly string[], expected: readonly string[]): void {
  assert.deepEqual(lines.map(roundNumbers).toSorted(), expected.map(roundNumbers).toSorted())
}

function roundNumbers(line: string): string {
  if (line.startsWith('error') || line.startsWith('string')) return line
  return line.replaceAll(/(?<= )-?[\d.]+(e[+-]?\d+)?(?= |$)/g, (number) => {
    const rounded = Number(Number(number).toPrecision(9))
    return Math.abs(rounded) < 1e-12 ? '0' : String(rounded)
  })
}
