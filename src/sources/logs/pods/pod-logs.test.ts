import assert from 'node:assert/strict'
import { mkdirSync, mkdtempDisposableSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, test } from 'node:test'
import { within } from '../../../../test/agent/environment.ts'
import { openLogTools, type OpenLogTools } from '../../../../test/agent/log-tools.ts'
import { openRules, type ContainerRules } from '../../../component/container-rules.ts'
import { createChoice } from '../containers/choose-config.ts'
import { PodLogs } from './pod-logs.ts'

const uid = 'd41a2f6c-0a59-4b1e-9d45-5a9a3f4c7e11'
const cri = (text: string): string => `2026-11-21T21:00:00.000000001Z stdout F ${text}\n`

function write(root: string, path: string, content: string): void {
  const whole = join(root, path)
  mkdirSync(dirname(whole), { recursive: true })
  writeFileSync(whole, content)
}

interface Given {
  readonly collectsAll?: boolean
  readonly rules?: ContainerRules
  /** Milliseconds that pass before the second pass. */
  readonly waitMs?: number
  readonly isReadAsContainer?: boolean
}

/** After two passes. */
function openPods({ tools }: OpenLogTools, given: Given = {}): PodLogs {
  const { collectsAll = true, rules = openRules, waitMs = 0, isReadAsContainer = false } = given
  let nowMs = 0
  const pods = new PodLogs({
    tools: { ...tools, nowMs: () => nowMs },
    choose: createChoice({ collectsAll, configs: [] }, rules),
    isReadAsContainer: () => isReadAsContainer,
  })
  pods.pass()
  nowMs = waitMs
  pods.pass()
  return pods
}

describe('PodLogs', { timeout: 60_000, concurrency: true }, () => {
  test('reads from the beginning, with what the path tells', async () => {
    using folder = mkdtempDisposableSync(join(tmpdir(), 'vigie-pods-'))
    write(folder.path, `shop_web-x2x_${uid}/nginx/0.log`, cri('hello'))
    await using opened = await openLogTools({ podLogsPath: folder.path })
    openPods(opened)
    assert.deepEqual(await within(2000, opened.shipped.first(1)), ['hello'])
    const origin = opened.shipped.lines[0]?.origin
    assert.deepEqual(
      [origin?.containerName, origin?.service, origin?.source],
      ['nginx', 'nginx', 'kubernetes'],
    )
    assert.deepEqual(origin?.tags, [
      'kube_namespace:shop',
      'pod_name:web-x2x',
      'kube_container_name:nginx',
      'env:test',
    ])
  })

  test('reads the log of a container that comes later, and of one that starts again', async () => {
    using folder = mkdtempDisposableSync(join(tmpdir(), 'vigie-pods-'))
    await using opened = await openLogTools({ podLogsPath: folder.path })
    openPods(opened)
    write(folder.path, `shop_web_${uid}/nginx/0.log`, cri('one'))
    await within(3000, opened.shipped.first(1))
    write(folder.path, `shop_web_${uid}/nginx/1.log`, cri('two'))
    assert.deepEqual(await within(3000, opened.shipped.first(2)), ['one', 'two'])
  })

  test('leaves out what the filters leave out, and all where nobody asked for any', async () => {
    using folder = mkdtempDisposableSync(join(tmpdir(), 'vigie-pods-'))
    write(folder.path, `kube-system_dns_${uid}/dns/0.log`, cri('x'))
    await using opened = await openLogTools({ podLogsPath: folder.path })
    const exclude = [{ field: 'kube_namespace', pattern: /^kube-/ }] as const
    assert.equal(
      openPods(opened, { rules: { ...openRules, logs: { include: [], exclude } } }).size,
      0,
    )
    assert.equal(openPods(opened, { collectsAll: false }).size, 0)
    assert.equal(openPods(opened).size, 1)
  })

  describe("a link to Docker's file", () => {
    const id = 'c0ffee'.padEnd(64, '0')
    const line = `${JSON.stringify({ log: 'from docker\n', stream: 'stdout', time: '2026-11-21T21:00:00.1Z' })}\n`

    function link(folder: string): void {
      const target = join(folder, `docker/containers/${id}/${id}-json.log`)
      write('/', target, line)
      mkdirSync(join(folder, `pods/shop_web_${uid}/nginx`), { recursive: true })
      symlinkSync(target, join(folder, `pods/shop_web_${uid}/nginx/0.log`))
    }

    test('is left to the container where that is read', async () => {
      using folder = mkdtempDisposableSync(join(tmpdir(), 'vigie-pods-'))
      link(folder.path)
      await using opened = await openLogTools({ podLogsPath: join(folder.path, 'pods') })
      assert.equal(openPods(opened, { isReadAsContainer: true, waitMs: 3000 }).size, 0)
    })

    test('is read as what it is where no engine has told of it in time', async () => {
      using folder = mkdtempDisposableSync(join(tmpdir(), 'vigie-pods-'))
      link(folder.path)
      await using opened = await openLogTools({ podLogsPath: join(folder.path, 'pods') })
      assert.equal(openPods(opened, { waitMs: 2999 }).size, 0)
      assert.equal(openPods(opened, { waitMs: 3000 }).size, 1)
      assert.deepEqual(await within(2000, opened.shipped.first(1)), ['from docker'])
      assert.equal(opened.shipped.lines[0]?.origin.containerId, id)
    })
  })
})
