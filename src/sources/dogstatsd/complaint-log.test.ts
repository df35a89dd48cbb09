import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { pino } from 'pino'
import { ComplaintLog } from './complaint-log.ts'
import type { Complaint } from './worker-messages.ts'

interface Stage {
  readonly complaints: ComplaintLog
  readonly lines: { readonly level: number; readonly msg: string; readonly reason?: string }[]
}

function open(isQuiet = false): Stage {
  const lines: Stage['lines'] = []
  const log = pino({ level: 'trace' }, { write: (line) => lines.push(JSON.parse(line)) })
  return { complaints: new ComplaintLog(log, isQuiet), lines }
}

function complain(count: number): readonly Complaint[] {
  return Array.from({ length: count }, (_, at) => {
    return { sentence: `Metric "${at}" has no type`, reason: 'type-missing' }
  })
}

describe('ComplaintLog', () => {
  test('writes what is wrong, with its reason', () => {
    const { complaints, lines } = open()
    complaints.add(complain(1), 0)
    const [line] = lines
    assert.deepEqual(
      [line?.level, line?.msg, line?.reason],
      [40, 'Metric "0" has no type', 'type-missing'],
    )
  })

  test('writes five lines in ten seconds, and how many it has left out', () => {
    const { complaints, lines } = open()
    complaints.add(complain(3), 0)
    complaints.add(complain(30), 9999)
    assert.equal(lines.length, 5)
    complaints.add(complain(1), 10_000)
    assert.equal(lines.length, 7)
    assert.match(lines[5]?.msg ?? '', /^28 and more messages/)
  })

  test('writes for those alone who look for it, if that is wanted', () => {
    const { complaints, lines } = open(true)
    complaints.add(complain(1), 0)
    assert.equal(lines[0]?.level, 20)
  })
})
