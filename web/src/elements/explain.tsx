import { Tooltip } from 'radix-ui'
import type { ReactElement, ReactNode } from 'react'

/** A piece of the page that explains itself to who points at it or reaches it by keyboard. */
export function Explain(props: {
  readonly text: string
  readonly children: ReactNode
}): ReactElement {
  return (
    <Tooltip.Provider delayDuration={250}>
      <Tooltip.Root>
        <Tooltip.Trigger asChild>
          <button type="button" className="explain text-left">
            {props.children}
          </button>
        </Tooltip.Trigger>
        <Tooltip.Portal>
          <Tooltip.Content className="tooltip" sideOffset={6} collisionPadding={8}>
            {props.text}
          </Tooltip.Content>
        </Tooltip.Portal>
      </Tooltip.Root>
    </Tooltip.Provider>
  )
}
