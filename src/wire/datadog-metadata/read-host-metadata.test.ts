import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { readHostMetadata } from './read-host-metadata.ts'

const payload = {
  apiKey: 'x',
  agentVersion: '7.60.1',
  uuid: '3b6a1f0c-94c5-4a41-9a53-2f6c8e1d7b90',
  internalHostname: 'dd-1',
  os: 'linux',
  'agent-flavor': 'agent',
  systemStats: {
    cpuCores: 4,
    machine: 'amd64',
    platform: 'linux',
    processor: 'AMD EPYC',
    nixV: ['debian', '12.4', ''],
  },
  meta: { 'socket-hostname': 'dd-1', timezones: ['UTC'] },
  'host-tags': { system: ['env:prod', 'team:shop'], 'google cloud platform': ['zone:a'] },
  gohai: JSON.stringify({
    cpu: { cpu_cores: '4', cpu_logical_processors: '8', model_name: 'AMD EPYC' },
    memory: { total: '16314136kB', swap_total: '0kB' },
    platform: { hostname: 'dd-1', kernel_name: 'Linux', kernel_release: '6.1.0-18-amd64' },
    filesystem: [{ name: '/dev/sda1' }],
  }),
}

describe('readHostMetadata()', () => {
  test('reads what an agent of version 7 tells', () => {
    assert.deepEqual(readHostMetadata(payload), {
      host: 'dd-1',
      uuid: payload.uuid,
      agentVersion: '7.60.1',
      os: 'debian 12.4',
      kernel: '6.1.0-18-amd64',
      cpuCount: 8,
      memoryBytes: 16_314_136 * 1024,
      tags: ['env:prod', 'team:shop', 'zone:a'],
    })
  })

  for (const [what, change, expected] of [
    ['gohai is off', { gohai: '' }, { cpuCount: 4, memoryBytes: 0, kernel: '' }],
    ['gohai is cut off', { gohai: '{"cpu":' }, { cpuCount: 4, memoryBytes: 0 }],
    ['gohai is a list', { gohai: '[1]' }, { cpuCount: 4 }],
    ['memory is in bytes', { gohai: '{"memory":{"total":1024}}' }, { memoryBytes: 1024 }],
    ['memory is a word', { gohai: '{"memory":{"total":"much"}}' }, { memoryBytes: 0 }],
    ['there is no version of the system', { systemStats: null }, { os: 'linux', cpuCount: 8 }],
    ['the tags of one provider are none', { 'host-tags': { system: null } }, { tags: [] }],
    ['the tags are text', { 'host-tags': 'env:prod' }, { tags: [] }],
    ['a number is where a text should be', { agentVersion: 7 }, { agentVersion: '7' }],
    ['a text is too long', { uuid: 'u'.repeat(300) }, { uuid: 'u'.repeat(200) }],
  ] as const) {
    test(`takes the rest when ${what}`, () => {
      const read = { ...readHostMetadata({ ...payload, ...change }) }
      for (const [name, value] of Object.entries(expected))
        assert.deepEqual(Object.entries(read).find(([key]) => key === name)?.[1], value, name)
    })
  }

  test('finds none in events, in a body without a host, and in the list of checks', () => {
    const { internalHostname: _, ...nameless } = payload
    assert.equal(readHostMetadata({ events: {}, internalHostname: 'h' }), undefined)
    assert.equal(readHostMetadata(nameless), undefined)
    assert.equal(
      readHostMetadata({ internalHostname: 'h', agentVersion: '7', agent_checks: [] }),
      undefined,
    )
  })
})
