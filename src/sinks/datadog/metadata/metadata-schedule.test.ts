import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { MetadataSchedule } from './metadata-schedule.ts'

describe('MetadataSchedule', () => {
  test('is due at once, then ever more seldom up to half an hour', () => {
    const schedule = new MetadataSchedule()
    const minutes: number[] = []
    for (let minute = 0; minute <= 120; minute += 1) {
      if (!schedule.isDue(minute * 60_000)) continue
      minutes.push(minute)
      schedule.noteSent(minute * 60_000)
    }
    assert.deepEqual(minutes, [0, 5, 20, 50, 80, 110])
  })

  test('is due when the clock was set back', () => {
    const schedule = new MetadataSchedule()
    schedule.noteSent(3_600_000)
    assert.equal(schedule.isDue(0), true)
  })
})
