import type { ReactElement, ReactNode } from 'react'

import type { ContainerDetail } from '../../../../src/api/contract/containers.ts'
import { CopyButton } from '../../elements/copy-button.tsx'
import { say } from '../../messages/container.ts'

/** What inspect tells: command, mounts, environment, labels. */
export function Details({ detail }: { readonly detail: ContainerDetail }): ReactElement {
  const { command, mounts, env, labels, imageId } = detail
  return (
    <div className="grid gap-3 px-3.5 pt-3 sm:px-5 lg:grid-cols-2">
      <Box title={say('container.command')}>
        <div className="flex items-start gap-1.5">
          <code className="min-w-0 flex-1 font-mono text-xs break-all">{command || '–'}</code>
          {command !== '' && <CopyButton text={command} />}
        </div>
        <p className="mt-3 text-2xs text-faint">{say('container.digest')}</p>
        <code className="font-mono text-xs break-all">{imageId}</code>
      </Box>
      <Box title={say('container.mounts')} count={mounts.length}>
        <Pairs
          pairs={mounts.map(({ kind, source, target, readOnly }) => [
            target,
            `${source || kind}${readOnly ? ` (${say('container.readOnly')})` : ''}`,
          ])}
          empty={say('container.noMounts')}
        />
      </Box>
      <Box title={say('container.environment')} count={env.length}>
        <Pairs pairs={env.map(splitVariable)} empty={say('container.noEnvironment')} />
        {env.length > 0 && (
          <p className="mt-2 text-2xs text-faint">{say('container.environmentNote')}</p>
        )}
      </Box>
      <Box title={say('container.labels')} count={Object.keys(labels).length}>
        <Pairs
          pairs={Object.entries(labels).toSorted(([left], [right]) => left.localeCompare(right))}
          empty={say('container.noLabels')}
        />
      </Box>
    </div>
  )
}

function splitVariable(variable: string): [name: string, value: string] {
  const at = variable.indexOf('=')
  return at < 0 ? [variable, ''] : [variable.slice(0, at), variable.slice(at + 1)]
}

function Box(props: {
  readonly title: string
  readonly count?: number
  readonly children: ReactNode
}): ReactElement {
  return (
    <section className="min-w-0 rounded-lg border border-line bg-panel px-4 py-3">
      <h2 className="mb-2 font-semibold">
        {props.title}
        {props.count !== undefined && (
          <span className="ml-1.5 font-normal text-faint">{props.count}</span>
        )}
      </h2>
      {props.children}
    </section>
  )
}

function Pairs(props: {
  readonly pairs: readonly (readonly [string, string])[]
  readonly empty: string
}): ReactElement {
  const { pairs, empty } = props
  if (pairs.length === 0) return <p className="text-soft">{empty}</p>
  return (
    <dl className="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)] gap-x-4 gap-y-1 font-mono text-xs">
      {pairs.map(([name, value], index) => (
        <div key={`${name} ${index}`} className="contents">
          <dt className="break-all text-soft">{name}</dt>
          <dd className="break-all">{value || '–'}</dd>
        </div>
      ))}
    </dl>
  )
}
