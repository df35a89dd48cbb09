import type { ReactElement } from 'react'

import { Command } from '../../elements/command.tsx'
import { startAgent } from '../../elements/start-commands.ts'
import { say } from '../../messages/metrics.ts'

/** A count sent by hand, as any program sends it. */
const sendOne = "echo -n 'shop.orders:1|c|#service:shop' | nc -u -w1 127.0.0.1 8125"

/** What stands where metrics would be: why there are none, and what would bring some. */
export function NoMetrics(props: {
  readonly find: string
  readonly onClear: () => void
}): ReactElement {
  const { find, onClear } = props
  if (find !== '') {
    return (
      <div className="grid max-w-2xl justify-items-start gap-3 p-5 sm:p-8" role="status">
        <h2 className="text-base font-semibold">{say('metrics.noMatch', { find })}</h2>
        <button type="button" className="control" onClick={onClear}>
          {say('metrics.showAll')}
        </button>
      </div>
    )
  }
  return (
    <div className="grid max-w-2xl gap-3 p-5 sm:p-8" role="status">
      <h2 className="text-base font-semibold">{say('metrics.none')}</h2>
      <p>{say('metrics.noneAgent')}</p>
      <Command text={startAgent} />
      <p>{say('metrics.noneOwn')}</p>
      <Command text={sendOne} />
    </div>
  )
}
