import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { encodeHostMetadata, type HostMetadata } from './encode-host-metadata.ts'

const host: HostMetadata = {
  hostname: 'box-1',
  uuid: 'u-1',
  agentVersion: '7.74.0+vigie.0.1.0',
  tags: ['env:test'],
  osName: 'Debian GNU/Linux 12',
  kernelRelease: '6.1.0',
  architecture: 'x64',
  timezone: 'CET',
  cpu: { modelName: 'Some CPU', coreCount: 2, threadCount: 4 },
  memoryBytes: 8_589_934_592,
  engineVersion: '27.1',
}

describe('encodeHostMetadata()', () => {
  test('writes the names of the intake', () => {
    const body = JSON.parse(encodeHostMetadata(host))
    assert.deepEqual(
      { ...body, gohai: '' },
      {
        apiKey: '',
        agentVersion: '7.74.0+vigie.0.1.0',
        uuid: 'u-1',
        internalHostname: 'box-1',
        os: 'linux',
        'agent-flavor': 'agent',
        python: '',
        systemStats: {
          cpuCores: 2,
          machine: 'amd64',
          platform: 'linux',
          pythonV: '',
          processor: 'Some CPU',
          macV: ['', '', ''],
          nixV: ['Debian GNU/Linux 12', '', ''],
          fbsdV: ['', '', ''],
          winV: ['', '', ''],
        },
        meta: {
          'socket-hostname': 'box-1',
          timezones: ['CET'],
          'socket-fqdn': 'box-1',
          'ec2-hostname': '',
          hostname: 'box-1',
          host_aliases: [],
          'instance-id': '',
        },
        'host-tags': { system: ['env:test'] },
        'container-meta': { docker_version: '27.1' },
        network: null,
        logs: { transport: 'HTTP', auto_multi_line_detection_enabled: false },
        'install-method': {
          tool: 'vigie',
          tool_version: '7.74.0+vigie.0.1.0',
          installer_version: null,
        },
        gohai: '',
      },
    )
  })

  test('has what gohai tells as a text of JSON, all its values texts', () => {
    assert.deepEqual(JSON.parse(JSON.parse(encodeHostMetadata(host)).gohai), {
      cpu: { cpu_cores: '2', cpu_logical_processors: '4', model_name: 'Some CPU' },
      memory: { total: '8388608kB' },
      platform: {
        GOOS: 'linux',
        GOOARCH: 'amd64',
        hostname: 'box-1',
        kernel_name: 'Linux',
        kernel_release: '6.1.0',
        machine: 'x86_64',
        os: 'GNU/Linux',
        processor: 'x86_64',
      },
    })
  })

  test('says nothing of an engine that is not there, and calls unknown machines by their own name', () => {
    const { engineVersion: _left, ...without } = host
    const body = JSON.parse(encodeHostMetadata({ ...without, architecture: 'riscv64' }))
    assert.equal('container-meta' in body, false)
    assert.equal(body.systemStats.machine, 'riscv64')
  })
})
