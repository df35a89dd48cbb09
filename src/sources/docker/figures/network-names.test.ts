import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { makeContainer } from '../../../../test/agent/engine-container.ts'
import type { Figures } from '../../../../test/agent/fake-host.ts'
import { open, stopClock, timeMs } from '../../../../test/agent/open-table.ts'
import type { EngineContainer } from '../../../docker/parse-inspect.ts'
import type { Point } from '../../../model/series.ts'

const web = makeContainer()
const bridge = { name: 'bridge', ipAddress: '172.17.0.2' }
const shop = { name: 'shop', ipAddress: '172.18.0.9' }
const toBridge = ['eth0', '000011AC', '0000FFFF'] as const
const toShop = ['eth1', '000012AC', '0000FFFF'] as const

function figuresWith(change: Partial<Figures>, received = 0): Figures {
  const net = (change.net ?? [['eth0', 0, 0]]).map(([name]) => [name, received, received] as const)
  return { cpuMicros: 1000, routes: [toBridge], ...change, net }
}

/** Bytes received by tag, of one container. */
function receivedBy(
  points: readonly Point[],
  metric: string,
  name = 'web',
): Record<string, number> {
  return Object.fromEntries(
    points
      .filter(({ series }) => series.metric === metric)
      .filter(({ series }) => series.tags.includes(`container_name:${name}`))
      .map(({ series, value }) => [series.tags.at(-1), value]),
  )
}

describe('docker.net.*', () => {
  const six = 'fd000001000000000000000000000002'
  const cases: readonly [
    claim: string,
    container: Partial<EngineContainer>,
    figures: Partial<Figures>,
    networks: readonly string[],
  ][] = [
    [
      'has nothing for a container without a network',
      { networks: [{ name: 'none' }], networkMode: 'none' },
      { net: [] },
      [],
    ],
    [
      'calls an interface that somebody put there the bridge',
      { networks: [{ name: 'none' }], networkMode: 'none' },
      {},
      ['bridge'],
    ],
    [
      'finds a network of IPv6 alone by the address of the interface',
      { networks: [{ name: 'six', ipAddress: 'fd00:1::2' }, bridge] },
      {
        net: [
          ['eth0', 0, 0],
          ['eth1', 0, 0],
        ],
        addresses6: [
          ['fe80'.padEnd(32, '0'), 'eth1'],
          [six, 'eth1'],
        ],
      },
      ['bridge', 'six'],
    ],
    [
      'gives the network that is left to the interface that is left',
      { networks: [bridge, { name: 'six' }] },
      {
        net: [
          ['eth0', 0, 0],
          ['eth1', 0, 0],
        ],
      },
      ['bridge', 'six'],
    ],
    [
      'guesses nothing where two networks are left',
      { networks: [bridge, { name: 'six' }, { name: 'seven' }] },
      {
        net: [
          ['eth0', 0, 0],
          ['eth1', 0, 0],
          ['eth2', 0, 0],
        ],
      },
      ['bridge', 'eth1', 'eth2'],
    ],
  ]
  for (const [claim, container, figures, networks] of cases) {
    test(claim, (t) => {
      const clock = stopClock(t)
      using opened = open()
      const { host, table } = opened
      host.put(web.id, web.pid, figuresWith(figures))
      table.put({ ...web, ...container })
      clock.moveMs(1000)
      const seen = receivedBy(table.sample(timeMs), 'docker.net.bytes_rcvd')
      assert.deepEqual(
        Object.keys(seen),
        networks.map((name) => `docker_network:${name}`),
      )
    })
  }

  test('counts two interfaces into the same network once each', (t) => {
    const clock = stopClock(t)
    using opened = open()
    const { host, table } = opened
    const both = {
      net: [
        ['eth0', 0, 0],
        ['eth1', 0, 0],
      ],
      routes: [toBridge],
    } as const
    const twice = { ...web, networks: [bridge, { name: 'bridge' }] }
    host.put(web.id, web.pid, figuresWith(both))
    table.put(twice)
    clock.moveMs(1000)
    host.put(web.id, web.pid, figuresWith(both, 100))
    const points = table
      .sample(timeMs)
      .filter(({ series }) => series.metric === 'docker.net.bytes_rcvd')
    assert.deepEqual(
      points.map(({ value }) => value),
      [200],
    )
  })

  test('follows a container into a network, and out of it, without losing its count', (t) => {
    const clock = stopClock(t)
    using opened = open()
    const { host, table } = opened
    const sample = (figures: Partial<Figures>, received: number): Record<string, number> => {
      clock.moveMs(1000)
      host.put(web.id, web.pid, figuresWith(figures, received))
      return receivedBy(table.sample(timeMs), 'docker.net.bytes_rcvd')
    }
    const both = {
      net: [
        ['eth0', 0, 0],
        ['eth1', 0, 0],
      ],
      routes: [toBridge, toShop],
    } as const
    host.put(web.id, web.pid, figuresWith({}))
    table.put(web)
    assert.deepEqual(sample({}, 100), { 'docker_network:bridge': 100 })
    table.put({ ...web, networks: [bridge, shop] })
    assert.deepEqual(sample(both, 300), { 'docker_network:bridge': 200 })
    assert.deepEqual(sample(both, 600), {
      'docker_network:bridge': 300,
      'docker_network:shop': 300,
    })
    table.put({ ...web, networks: [{ ...bridge, name: 'renamed' }] })
    assert.deepEqual(sample({}, 700), { 'docker_network:renamed': 100 })
  })

  test('names the networks of a container that is in the network of another after those', (t) => {
    const clock = stopClock(t)
    using opened = open()
    const { host, table } = opened
    const side = makeContainer({
      id: 'd'.repeat(64),
      name: 'side',
      pid: 43,
      networks: [],
      networkMode: `container:${web.id}`,
    })
    for (const { id, pid } of [web, side]) host.put(id, pid, figuresWith({ net: [['eth0', 0, 0]] }))
    table.put(side)
    table.put({ ...web, networks: [{ ...bridge, name: 'front' }] })
    clock.moveMs(1000)
    const points = table.sample(timeMs)
    assert.deepEqual(receivedBy(points, 'docker.net.bytes_rcvd', 'side'), {
      'docker_network:front': 0,
    })
    assert.deepEqual(receivedBy(points, 'container.net.rcvd', 'side'), {})
    assert.deepEqual(receivedBy(points, 'container.net.rcvd'), { 'interface:eth0': 0 })
    table.put({ ...web, networks: [{ ...bridge, name: 'back' }] })
    clock.moveMs(1000)
    const seen = receivedBy(table.sample(timeMs + 1000), 'docker.net.bytes_rcvd', 'side')
    assert.deepEqual(seen, { 'docker_network:back': 0 })
  })
})

describe('container.net.*', () => {
  for (const [claim, netns, isTold] of [
    ['is told by interface', 'net:[7]', true],
    [
      'is not told for one that is in the namespace of the host under another name',
      'net:[1]',
      false,
    ],
  ] as const) {
    test(claim, (t) => {
      const clock = stopClock(t)
      using opened = open()
      const { host, table } = opened
      host.putHostNetns('net:[1]')
      host.put(web.id, web.pid, figuresWith({ netns }))
      table.put(web)
      clock.moveMs(1000)
      host.put(web.id, web.pid, figuresWith({ netns }, 500))
      const points = table.sample(timeMs)
      const seen = receivedBy(points, 'container.net.rcvd')
      assert.deepEqual(seen, isTold ? { 'interface:eth0': 500 } : {})
      assert.deepEqual(receivedBy(points, 'docker.net.bytes_rcvd'), {
        'docker_network:bridge': 500,
      })
    })
  }
})
