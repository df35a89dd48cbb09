import { describe, expect, test } from 'vitest'

import { sampleAgent } from '../../testing/samples.ts'
import { summarizeHosts } from './summarize-hosts.ts'

const facts = sampleAgent().hostFacts

describe('summarizeHosts()', () => {
  test('weighs CPU by the cores of each host and adds up memory and cost', () => {
    const small = sampleAgent({ figures: { cpu: 100, memoryUsed: 1, memoryTotal: 10, load1: 2 } })
    const large = sampleAgent({
      hostFacts: { ...facts, cpuCount: 12 },
      figures: { cpu: 0, memoryUsed: 2, memoryTotal: 20, load1: 4 },
    })
    expect(summarizeHosts([small, large])).toMatchObject({
      hostCount: 2,
      coreCount: 16,
      cpuPercent: 25,
      memoryUsedBytes: 3,
      memoryTotalBytes: 30,
      load1: undefined,
      agentCores: 0.02,
    })
  })

  test('leaves out agents that are away, whose figures are old', () => {
    const away = sampleAgent({ away: true, figures: { cpu: 99 } })
    const summary = summarizeHosts([away, sampleAgent({ figures: { cpu: 10, load1: 0.5 } })])
    expect(summary).toMatchObject({ hostCount: 1, cpuPercent: 10, load1: 0.5 })
  })

  test('has no figure that no host gives, and never a zero in its place', () => {
    expect(summarizeHosts([sampleAgent()])).toMatchObject({
      cpuPercent: undefined,
      memoryUsedBytes: undefined,
      netRcvdBytes: undefined,
    })
    expect(summarizeHosts([]).cpuPercent).toBeUndefined()
  })
})
