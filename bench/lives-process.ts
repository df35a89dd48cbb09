// Watches lives in a process of its own, so that what that costs can be told from the rest; speaks to the one that has
// started it: a line with its usage when it is ready, one for each life, one at its end.
import { findHierarchy } from '../src/cgroup/hierarchy.ts'
import { createFileBudget } from '../src/cgroup/kept-file.ts'
import { openLifetimeWatch } from '../src/cgroup/lifetime/lifetime-watch.ts'

const rssBefore = process.memoryUsage.rss()
const watch = openLifetimeWatch({
  hierarchy: findHierarchy('/sys/fs/cgroup'),
  procRoot: '/proc',
  budget: createFileBudget(),
  onLife: (life) => send({ kind: 'life', life }),
  onFault: (message) => send({ kind: 'fault', message }),
})
const cpuBefore = process.cpuUsage()
send({ kind: 'ready' })
process.on('message', () => {
  const { user, system } = process.cpuUsage(cpuBefore)
  const addedRssBytes = process.memoryUsage.rss() - rssBefore
  watch.close()
  send({ kind: 'end', cpuMs: (user + system) / 1000, addedRssBytes })
  process.disconnect()
})

function send(message: object): void {
  process.send?.(message)
}
