// Starts an engine per cgroup driver and holds them; prints a line when all of them have run a container.
import { mkdir } from 'node:fs/promises'
import { startPrivateEngine } from '../../engine/private-engine.ts'
import { cgroupDrivers, engineRoot, type CgroupDriver } from './guest-engines.ts'

await Promise.all(cgroupDrivers.map(startEngine))
process.stdout.write('ready\n')
setInterval(() => undefined, 2 ** 30)

async function startEngine(driver: CgroupDriver): Promise<void> {
  const root = engineRoot(driver)
  await mkdir(root, { recursive: true })
  // Without iptables it starts in half the time; containers of one network reach each other all the same.
  const daemonOptions = ['--exec-opt', `native.cgroupdriver=${driver}`, '--iptables=false']
  const engine = await startPrivateEngine({ root, daemonOptions })
  // The first container of a machine takes seconds: its programs come from the disk.
  const { id } = await engine.run({ command: ['true'] })
  await engine.waitForEnd(id)
  await engine.remove(id)
}
