import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import {
  encodeCollectorContainer,
  encodeCollectorProc,
  frame,
  type SampleTold,
} from '../../../test/server/encode-process-message.ts'
import { decodeContainers } from './decode-containers.ts'
import { messageTypes, readMessage } from './message-frame.ts'

const web: SampleTold = {
  type: 'docker',
  id: 'a'.repeat(64),
  cpuLimit: 50,
  memoryLimit: 268_435_456,
  state: 3,
  health: 2,
  created: 1_789_990_000,
  started: 1_789_990_001,
  tags: [
    'container_name:shop-web-1',
    'docker_image:registry:5000/team/web:1.2',
    'image_name:registry:5000/team/web',
    'image_id:sha256:12ab',
    'short_image:web',
  ],
  addresses: [
    { ip: '172.18.0.2', port: 80 },
    { ip: '172.19.0.2', port: 80 },
    { ip: '172.18.0.2', port: 53, protocol: 1 },
    { ip: '172.18.0.2', port: 0 },
  ],
}
const expected = {
  id: 'a'.repeat(64),
  name: 'shop-web-1',
  image: 'registry:5000/team/web:1.2',
  imageId: 'sha256:12ab',
  runtime: 'docker',
  state: 'running',
  health: 'healthy',
  createdAtMs: 1_789_990_000_000,
  startedAtMs: 1_789_990_001_000,
  wasOomKilled: false,
  restartCount: 0,
  command: '',
  labels: {},
  env: [],
  ports: [
    { containerPort: 80, protocol: 'tcp' },
    { containerPort: 53, protocol: 'udp' },
  ],
  mounts: [],
  networks: [],
  networkMode: '',
  cpuLimitCores: 0.5,
  memoryLimitBytes: 268_435_456,
  tags: web.tags,
}
const { container, process, realTime, containerRealTime } = messageTypes

describe('decodeContainers()', () => {
  const plain = encodeCollectorContainer([web], { host: 'box', groupId: 3, groupSize: 2 })
  for (const [what, bytes] of [
    ['a list of containers', frame(container, 0, plain)],
    ['one in zstd', frame(container, 4, zstdCompressSync(plain))],
    ['one in zstd by another library', frame(container, 5, zstdCompressSync(plain))],
    ['one in zstd that says it is an older one', frame(container, 2, zstdCompressSync(plain))],
    [
      'a list of processes',
      frame(process, 0, encodeCollectorProc([web], { host: 'box', groupId: 3, groupSize: 2 })),
    ],
  ] as const) {
    test(`reads the containers of ${what}`, () => {
      assert.deepEqual(decodeContainers(readMessage(bytes)), {
        host: 'box',
        groupId: 3,
        groupSize: 2,
        containers: [expected],
      })
    })
  }

  test('reads them in the JSON of protobuf, with names and numbers of enums', () => {
    const json = JSON.stringify({
      hostName: 'box',
      groupId: 3,
      groupSize: 2,
      containers: [
        {
          ...web,
          memoryLimit: '268435456',
          created: '1789990000',
          started: '1789990001',
          state: 'running',
          health: 2,
          addresses: [
            { ip: '172.18.0.2', port: 80, protocol: 'tcp' },
            { ip: '172.18.0.2', port: 53, protocol: 'udp' },
          ],
        },
      ],
    })
    const told = decodeContainers(readMessage(frame(container, 1, json)))
    assert.deepEqual(told?.containers, [expected])
  })

  test('takes what is absent as unknown, and a limit of 0 as none', () => {
    const told = decodeContainers(
      readMessage(frame(container, 0, encodeCollectorContainer([{ id: 'b'.repeat(64) }]))),
    )
    const [one] = told?.containers ?? []
    assert.equal(one?.name, 'b'.repeat(12))
    assert.equal(one.state, 'running')
    assert.equal(one.health, 'none')
    assert.equal(one.createdAtMs, 0)
    for (const name of ['startedAtMs', 'cpuLimitCores', 'memoryLimitBytes'])
      assert.equal(name in one, false, name)
  })

  test('puts the image together where no tag has all of it', () => {
    const tags = ['image_name:registry/web', 'image_tag:1.2', 'container_name:web']
    const bytes = frame(container, 0, encodeCollectorContainer([{ id: 'b'.repeat(64), tags }]))
    assert.equal(decodeContainers(readMessage(bytes))?.containers[0]?.image, 'registry/web:1.2')
  })

  test('knows none in other messages, and none in a zstd of which nothing is left', () => {
    for (const bytes of [
      frame(realTime, 0, ''),
      frame(containerRealTime, 0, ''),
      frame(53, 0, 'anything'),
      frame(container, 2, Buffer.from([0x25, 0xb5, 0x2f, 0xfd, 1, 2, 3])),
    ]) {
      assert.equal(decodeContainers(readMessage(bytes)), undefined)
    }
  })

  for (const [what, bytes, sentence] of [
    ['no bytes', Buffer.alloc(0), /version 0 and there are 0 bytes/],
    ['half a header', frame(container, 0, '').subarray(0, 15), /version 3 and there are 15 bytes/],
    ['a version of the future', Buffer.alloc(20, 9), /version 9/],
    ['an unknown encoding', frame(container, 3, ''), /its encoding is 3/],
    ['gzip that says it is zstd', frame(container, 4, gzipSync('x')), /^Cannot decompress/],
    ['a cut list', frame(container, 0, plain.subarray(0, -1)), /^Cannot read the protobuf message/],
    ['text for JSON', frame(container, 1, 'hello'), /^Cannot read the containers: not JSON/],
    [
      'a bomb',
      frame(container, 4, zstdCompressSync(Buffer.alloc(17 * 1024 * 1024))),
      /^Cannot decompress/,
    ],
  ] as const) {
    test(`refuses ${what}`, () => {
      const decode = (): unknown => decodeContainers(readMessage(bytes))
      assert.throws(decode, { name: 'WireError', message: sentence })
    })
  }
})
