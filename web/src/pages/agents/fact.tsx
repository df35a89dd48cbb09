import type { ReactElement, ReactNode } from 'react'

/** One fact of a card, in a `dl`. */
export function Fact(props: {
  readonly label: string
  readonly children: ReactNode
}): ReactElement {
  return (
    <div className="min-w-0">
      <dt className="text-2xs text-faint">{props.label}</dt>
      <dd>{props.children}</dd>
    </div>
  )
}
