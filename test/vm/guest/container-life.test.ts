import { describe, test } from 'node:test'
import type { Container, Inventory } from '../../../src/model/container.ts'
import type { Event } from '../../../src/model/event.ts'
import type { Item } from '../../../src/model/item.ts'
import type { Point } from '../../../src/model/series.ts'
import { openEngine } from '../../engine/engine.ts'
import { cgroupDrivers, engineHost } from './guest-engines.ts'
import { startAgent } from './run-agent.ts'

/** What is seen here of each container is looked for in the API by `test/vm/api/`, with the items that the agent gave. */
for (const driver of cgroupDrivers) {
  describe(`a container's life on cgroup v2 with the ${driver} driver`, () => {
    test('is told: start, limits, pause, kill for want of memory, end and removal', async () => {
      await using engine = openEngine(engineHost(driver))
      await using agent = startAgent(engine.dockerHost, `vm-${driver}`)
      const { id } = await engine.run({
        name: `life-${driver}`,
        command: [
          'sh',
          '-c',
          'dd if=/dev/zero of=/blob bs=64k count=16 conv=fsync; while :; do :; done',
        ],
        cpus: 0.2,
        memoryBytes: 32 * 2 ** 20,
      })
      await agent.waitFor('its CPU', isPoint(id, 'docker.cpu.usage'))
      await agent.waitFor('its limit of memory', isPoint(id, 'docker.mem.limit'))
      await agent.waitFor('what it wrote', isPoint(id, 'docker.io.write_bytes'))
      await engine.tell(id, 'pause')
      await agent.waitFor(
        'its pause',
        isInventory(id, ({ state }) => state === 'paused'),
      )
      await engine.tell(id, 'unpause')

      const hungry = await engine.run({
        name: `hungry-${driver}`,
        command: ['sh', '-c', 'tail /dev/zero; sleep 1000000'],
        memoryBytes: 16 * 2 ** 20,
      })
      await agent.waitFor('the kill of its child', isOomEvent(hungry.id))

      await engine.tell(id, 'kill')
      await agent.waitFor(
        'its end',
        isInventory(id, ({ exitCode }) => exitCode === 137),
      )
      await engine.remove(id)
      await agent.waitFor('its removal', (item): item is Inventory => {
        return item.kind === 'inventory' && item.removedIds.includes(id)
      })
    })
  })
}

function isPoint(id: string, metric: string): (item: Item) => item is Point {
  return (item): item is Point =>
    item.kind === 'point' &&
    item.series.metric === metric &&
    item.series.tags.includes(`container_id:${id}`)
}

function isInventory(
  id: string,
  isAsWanted: (container: Container) => boolean,
): (item: Item) => item is Inventory {
  return (item): item is Inventory =>
    item.kind === 'inventory' &&
    item.containers.some((container) => container.id === id && isAsWanted(container))
}

function isOomEvent(id: string): (item: Item) => item is Event {
  return (item): item is Event =>
    item.kind === 'event' && item.title.includes('oom') && item.tags.includes(`container_id:${id}`)
}
