import type { ReactElement } from 'react'

/** Why something was not done; nothing where it was. */
export function DeedProblem(props: { readonly text: string | undefined }): ReactElement | null {
  if (props.text === undefined) return null
  return (
    <p role="alert" data-tone="critical" className="text-(--tone)">
      {props.text}
    </p>
  )
}
