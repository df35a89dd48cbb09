import { useEffect, useState, useSyncExternalStore } from 'react'

import {
  LabelBook,
  type LabelOf,
} from '../../../../src/api/contract/container-filter/label-book.ts'
import type { LabelQuestion, LabelValues } from '../../../../src/api/contract/labels.ts'
import type { LiveRow } from '../../data/live-row.ts'
import { postJson, RequestError } from '../../data/request.ts'
import { createSignal, type Signal } from '../../data/signal.ts'

/** Labels as far as they are known, and how it stands with the rest. */
export interface LabelState {
  readonly labelOf: LabelOf
  /** Another number when more is known. */
  readonly version: number
  /** A label was asked for a moment ago: its answer may still be waited for. */
  readonly isWaiting: boolean
  /** Nothing is known of some label: what is shown says nothing of it. */
  readonly isUnread: boolean
  /** Why they cannot be read; undefined while they can. */
  readonly problem: RequestError | undefined
}

interface OpenBook {
  readonly book: LabelBook
  readonly onNews: Signal['subscribe']
  readonly version: () => number
}

/** Some labels of some containers. Without labels nothing is asked. */
export function useLabels(
  labels: readonly string[],
  rows: ReadonlyMap<number, LiveRow>,
): LabelState {
  const [{ book, onNews, version }] = useState(openBook)
  const newest = useSyncExternalStore(onNews, version)
  useEffect(
    () => book.want(labels, labels.length === 0 ? [] : [...rows.values()].map(idOf)),
    [book, labels, rows],
  )
  useEffect(() => () => book.close(), [book])
  const problem = book.problem()
  const [first] = rows.values()
  return {
    labelOf: book.labelOf,
    version: newest,
    isWaiting: rows.size > 0 && labels.some((label) => !book.isSettled(label)),
    isUnread:
      first !== undefined && labels.some((label) => book.labelOf(idOf(first), label) === undefined),
    problem: labels.length > 0 && problem instanceof RequestError ? problem : undefined,
  }
}

function openBook(): OpenBook {
  const news = createSignal()
  let count = 0
  const book = new LabelBook({
    ask: (question: LabelQuestion) => postJson<LabelValues>('/api/containers/labels', question),
    onNews() {
      count += 1
      news.emit()
    },
  })
  return { book, onNews: news.subscribe, version: () => count }
}

function idOf({ container }: LiveRow): string {
  return container.id
}
