import type { IncomingMessage, ServerResponse } from 'node:http'
import { json as readJson } from 'node:stream/consumers'

import {
  mostCountedValues,
  type LabelList,
  type LabelQuestion,
  type LabelValues,
} from '../../../src/api/contract/labels.ts'
import { labelValue } from '../../../src/query/labels/label-value.ts'
import { listLabels } from '../../../src/query/labels/list-labels.ts'
import type { Fleet } from './fleet.ts'

/** Answers what is asked about labels, over the made-up fleet. */
export async function answerLabels(
  request: IncomingMessage,
  response: ServerResponse,
  fleet: Fleet,
): Promise<void> {
  const { searchParams } = new URL(request.url ?? '/', 'http://localhost')
  // Only our own pages ask.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const question = request.method === 'POST' && ((await readJson(request)) as LabelQuestion)
  const answer = question ? values(fleet, question) : list(fleet, searchParams)
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end(JSON.stringify(answer))
}

function list(fleet: Fleet, search: URLSearchParams): LabelList {
  const labels = fleet.rowsAt(0).map(({ id }) => ({ labels: fleet.labels(id) }))
  return listLabels(labels, {
    search: search.get('search') ?? '',
    limit: Number(search.get('limit')),
    maxValues: mostCountedValues,
  })
}

function values(fleet: Fleet, { labels, containers }: LabelQuestion): LabelValues {
  const all = containers.map((id) => fleet.labels(id))
  return { values: labels.map((name) => all.map((own) => labelValue(own, name))) }
}
