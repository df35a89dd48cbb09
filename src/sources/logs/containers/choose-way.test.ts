import assert from 'node:assert/strict'
import { mkdirSync, mkdtempDisposableSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import type { BoardedContainer } from '../../../component/container-board.ts'
import { chooseWay, type Way, type WayOptions } from './choose-way.ts'

const id = 'c0ffee'.padEnd(64, '0')
const noLog = { driver: 'json-file', path: '', isTty: false, label: '' }
const wants = { prefersFiles: true, forcesFiles: false, dockerPath: '' }

interface Given {
  readonly log?: Partial<BoardedContainer['log']>
  readonly runtime?: string
  readonly settings?: Partial<WayOptions['settings']>
  readonly site?: Partial<WayOptions['site']>
  readonly hasStreamPointer?: boolean
}

/** With the engine's folder, and that of the container in it, at `root`. */
function choose(
  root: string,
  { log, runtime = 'docker', settings, site, hasStreamPointer = false }: Given,
): Way {
  mkdirSync(join(root, 'containers', id), { recursive: true })
  return chooseWay(
    { id, name: 'web', runtime, log: { ...noLog, ...log } },
    {
      settings: { ...wants, ...settings },
      site: { isLocal: true, rootDir: root, ...site },
      hasStreamPointer,
    },
  )
}

describe('chooseWay()', () => {
  const json = join('containers', id, `${id}-json.log`)
  const cases: readonly (readonly [
    what: string,
    given: Given,
    kind: Way['kind'],
    path?: string,
  ])[] = [
    ['json-file, before its first start', {}, 'file', json],
    [
      'local',
      { log: { driver: 'local' } },
      'file',
      join('containers', id, 'local-logs/container.log'),
    ],
    ['journald', { log: { driver: 'journald' } }, 'api'],
    ['a driver that is not known', { log: { driver: 'fluentd' } }, 'api'],
    ['none', { log: { driver: 'none' } }, 'nothing'],
    ['an engine elsewhere', { site: { isLocal: false } }, 'api'],
    [
      'local, of an engine that does not tell its folder',
      { log: { driver: 'local' }, site: { rootDir: undefined } },
      'api',
    ],
    ['files that are not wanted', { settings: { prefersFiles: false } }, 'api'],
    ['a stream that was read before', { hasStreamPointer: true }, 'api'],
    [
      'a stream that was read before, with files forced',
      { hasStreamPointer: true, settings: { forcesFiles: true } },
      'file',
      json,
    ],
    [
      'files that are not wanted and forced',
      { settings: { prefersFiles: false, forcesFiles: true } },
      'file',
      json,
    ],
    ['Podman in the journal', { runtime: 'podman', log: { driver: 'journald' } }, 'api'],
  ]
  for (const [what, given, kind, path] of cases) {
    test(`reads ${what} by ${kind}`, () => {
      using folder = mkdtempDisposableSync(join(tmpdir(), 'vigie-way-'))
      const way = choose(folder.path, given)
      assert.equal(way.kind, kind)
      if (way.kind === 'file') assert.equal(way.path, join(folder.path, path ?? ''))
    })
  }

  test('takes the path that the engine tells', () => {
    using folder = mkdtempDisposableSync(join(tmpdir(), 'vigie-way-'))
    const path = join(folder.path, 'elsewhere.log')
    writeFileSync(path, '')
    assert.deepEqual(choose(folder.path, { log: { path } }), {
      kind: 'file',
      path,
      framing: 'docker-json',
    })
  })

  test('puts docker_path_override in place of the folder of the engine', () => {
    using folder = mkdtempDisposableSync(join(tmpdir(), 'vigie-way-'))
    const log = { path: `/data/docker/containers/${id}/${id}-json.log` }
    const way = choose(folder.path, { log, settings: { dockerPath: folder.path } })
    assert.deepEqual(way, { kind: 'file', path: join(folder.path, json), framing: 'docker-json' })
    const local = choose(folder.path, {
      log: { driver: 'local' },
      settings: { dockerPath: folder.path },
      site: { rootDir: '/data/docker' },
    })
    assert.equal(local.kind === 'file' && local.path.startsWith(folder.path), true)
  })

  test('reads the file of Podman as that of Kubernetes', () => {
    using folder = mkdtempDisposableSync(join(tmpdir(), 'vigie-way-'))
    const path = join(folder.path, 'ctr.log')
    writeFileSync(path, '')
    for (const driver of ['k8s-file', 'json-file']) {
      const way = choose(folder.path, { runtime: 'podman', log: { driver, path } })
      assert.deepEqual(way, { kind: 'file', path, framing: 'cri' })
    }
  })

  test('says what to mount where the folder is not there', () => {
    using folder = mkdtempDisposableSync(join(tmpdir(), 'vigie-way-'))
    const path = `${folder.path}/other/containers/${id}/${id}-json.log`
    const way = choose(folder.path, { log: { path } })
    assert.equal(way.kind, 'api')
    assert.match(
      way.kind === 'api' ? (way.why ?? '') : '',
      /is not there; inside a container, mount/,
    )
    const forced = choose(folder.path, { log: { path }, settings: { forcesFiles: true } })
    assert.equal(forced.kind, 'file')
  })
})
