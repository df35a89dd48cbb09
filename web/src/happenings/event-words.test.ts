import { describe, expect, test } from 'vitest'

import type { HappeningRow } from '../../../src/api/contract/happenings.ts'
import { sampleExit, sampleHappening, sampleOf } from '../testing/happening-samples.ts'
import { burstWords, exitExplanation, rowWords } from './event-words.ts'
import { summariseBurst } from './summarise-burst.ts'

/** As it reads, blanks that do not break written as others. */
const plain = (text: string): string => text.replaceAll('\u00a0', ' ')
/** The words of a burst whose rows are given oldest first. */
const wordsOf = (...rows: readonly HappeningRow[]): string =>
  plain(burstWords(summariseBurst(rows.toReversed())))

describe('rowWords()', () => {
  test.each<[HappeningRow, string]>([
    [sampleHappening(0, { action: 'exec_die' }), 'exec die'],
    [sampleExit(0, 0), 'exited 0'],
    [sampleExit(0, 1, { ranMs: 412 }), 'exited 1 after 0.41 s'],
    [sampleExit(0, 137), 'exited 137 (SIGKILL)'],
    [sampleExit(0, 137, { action: 'oom_killed' }), 'exited 137 (OOM kill)'],
    [sampleExit(0, 127), 'exited 127 (command not found)'],
    [sampleExit(0, 1, { exitCode: null }), 'exited'],
    [sampleHappening(0, { kind: 'health', action: 'unhealthy' }), 'became unhealthy'],
    [sampleHappening(0, { action: 'more', title: 'and 14 more of shop' }), 'and 14 more of shop'],
    [
      sampleHappening(0, { kind: 'check', container: sampleOf('web'), title: 'http is OK' }),
      'http is OK',
    ],
  ])('of %o', (row, words) => {
    expect(plain(rowWords(row))).toBe(words)
  })
})

describe('burstWords()', () => {
  test('tells the steps of a short life, and how long they took', () => {
    const create = sampleHappening(0, { action: 'create' })
    expect(wordsOf(create, sampleHappening(0.1))).toBe('create, start')
    expect(wordsOf(create, sampleHappening(0.2), sampleExit(3, 1, { ranMs: 2800 }))).toBe(
      'create, start, exited 1 after 2.80 s within 3 s',
    )
  })

  test('tells a loop as one', () => {
    const rows = [0, 30, 60, 90].flatMap((at) => [sampleHappening(at), sampleExit(at + 1, 1)])
    expect(wordsOf(...rows)).toBe('restarted 3 times in 1 min · last exited 1')
  })

  test('stops naming steps after five', () => {
    const rows = ['a', 'b', 'c', 'd', 'e', 'f'].map((action) => sampleHappening(0, { action }))
    expect(wordsOf(...rows)).toBe('a, b, c, d, e, …')
  })
})

describe('exitExplanation()', () => {
  test.each<[HappeningRow, RegExp]>([
    [sampleExit(0, 137), /docker stop/],
    [sampleExit(0, 139), /SIGSEGV \(128 \+ 11\)/],
    [sampleExit(0, 137, { action: 'oom_killed' }), /for want of memory/],
    [sampleExit(0, 42), /program’s own/],
    [sampleHappening(0), /^$/],
  ])('of %o', (row, sentence) => {
    expect(exitExplanation(row)).toMatch(sentence)
  })
})
