import type { ReactElement } from 'react'

import type { ContainerDetail } from '../../../../src/api/contract/containers.ts'
import { CopyButton } from '../../elements/copy-button.tsx'
import { say } from '../../messages/container.ts'

/** All that is known of what a container is, as it came. */
export function InspectTab({ detail }: { readonly detail: ContainerDetail }): ReactElement {
  const { key: _key, figures: _figures, figuresAt: _at, spark: _spark, ...facts } = detail
  const text = JSON.stringify(facts, undefined, 2)
  return (
    <section aria-label={say('container.inspect')} className="px-3.5 py-3 sm:px-5">
      <p className="flex flex-wrap items-center gap-2 pb-2 text-soft">
        {say('container.inspectNote', { id: detail.id.slice(0, 12) })}
        <CopyButton text={text} label={say('container.copy')} />
      </p>
      <pre
        // What scrolls has to be reached by keyboard.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        className="overflow-x-auto rounded-lg border border-line bg-panel p-4 font-mono text-xs"
      >
        {text}
      </pre>
    </section>
  )
}
