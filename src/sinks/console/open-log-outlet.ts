import { once } from 'node:events'
import { stdout } from 'node:process'
import type { LogVerdict } from '../../component/log-delivery.ts'
import type { LogOutlet, SinkContext } from '../../component/sink.ts'
import type { LogBlock } from '../../model/log-block.ts'
import { printLogLines } from './log-lines.ts'

/** Prints each line as one line of JSON; what has been printed counts as stored. */
export function openLogOutlet({ deadline }: Pick<SinkContext, 'deadline'>): LogOutlet {
  let printed: Promise<unknown> = Promise.resolve()
  const print = async (block: LogBlock): Promise<LogVerdict> => {
    for (const text of printLogLines(block))
      if (!stdout.write(text)) await once(stdout, 'drain', { signal: deadline })
    return 'stored'
  }
  return {
    ship(block) {
      const settled = printed.then(() => print(block))
      printed = settled.catch(() => {})
      return { packed: printed.then(() => 0), settled }
    },
    close() {},
  }
}
