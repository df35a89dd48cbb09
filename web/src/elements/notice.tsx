import type { ReactElement, ReactNode } from 'react'

import type { Tone } from './container-state.ts'

/** Something a reader has to know before reading on. */
export function Notice(props: { readonly tone: Tone; readonly children: ReactNode }): ReactElement {
  return (
    <div
      role="status"
      data-tone={props.tone}
      className="flex flex-wrap items-center gap-x-3 gap-y-1 border-l-[3px] border-(--tone) bg-[color-mix(in_srgb,var(--tone)_10%,var(--panel))] px-4 py-2 text-ink"
    >
      {props.children}
    </div>
  )
}
