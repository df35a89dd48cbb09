import { setTimeout as sleep } from 'node:timers/promises'
import { readUsage } from './process-cost.ts'

/** Until the process has used next to nothing for ten seconds. */
export async function waitUntilIdle(pid: number): Promise<void> {
  for (let idle = 0; idle < 5;) {
    const { cpuSeconds } = readUsage([pid])
    await sleep(2000)
    idle = readUsage([pid]).cpuSeconds - cpuSeconds < 0.2 ? idle + 1 : 0
  }
}
