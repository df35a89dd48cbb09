import type { ReactElement } from 'react'

import { Dialog } from '../elements/dialog.tsx'
import { say, type KeysMessageKey } from '../messages/keys.ts'
import { keyNames } from './key-names.ts'
import { shortcutsOn, type ListedShortcut } from './shortcut-list.ts'

type Examples = readonly (readonly [example: string, about: KeysMessageKey])[]

const grammar: Examples = [
  ['web', 'help.grammarWord'],
  ['project:shop', 'help.grammarKey'],
  ['label.com.example.team:web', 'help.grammarLabel'],
  ['-state:exited', 'help.grammarNot'],
  ['cpu:>50', 'help.grammarNumber'],
  ['"two words"', 'help.grammarQuote'],
]

const logGrammar: Examples = [
  ['timeout "connection reset"', 'help.logWords'],
  ['-healthz', 'help.grammarNot'],
  ['level:(error OR warn)', 'help.logKey'],
  ['@http.status:>=500', 'help.logNumber'],
  [String.raw`/order-\d+/i`, 'help.logRegex'],
]

/** The keys of the page one is on, of its charts and of all pages, and what filter and search understand. */
export function HelpDialog(props: {
  /** Of the page that is shown. */
  readonly path: string
  readonly onClose: () => void
}): ReactElement {
  const { here, onCharts, everywhere } = shortcutsOn(props.path)
  return (
    <Dialog title={say('help.title')} closingKey="?" onClose={props.onClose}>
      {() => (
        <>
          {here.length > 0 && <Keys title="help.here" shortcuts={here} />}
          {onCharts.length > 0 && <Keys title="help.charts" shortcuts={onCharts} />}
          <Keys title="help.everywhere" shortcuts={everywhere} />
          <Grammar title="help.grammar" examples={grammar} />
          <Grammar title="help.logGrammar" examples={logGrammar} />
        </>
      )}
    </Dialog>
  )
}

function Keys(props: {
  readonly title: KeysMessageKey
  readonly shortcuts: readonly ListedShortcut[]
}): ReactElement {
  return (
    <>
      <h3 className="mt-4 font-semibold">{say(props.title)}</h3>
      <dl className="mt-2 grid grid-cols-[5.5rem_1fr] gap-x-5 gap-y-1.5 sm:grid-cols-[5.5rem_1fr_5.5rem_1fr]">
        {props.shortcuts.map(({ keys, about }) => (
          <div key={about} className="contents">
            <dt className="flex items-start gap-1">
              {keys.flatMap(keyNames).map((name) => (
                <kbd key={name}>{name}</kbd>
              ))}
            </dt>
            <dd className="text-soft">{say(about)}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}

function Grammar(props: {
  readonly title: KeysMessageKey
  readonly examples: Examples
}): ReactElement {
  return (
    <>
      <h3 className="mt-5 font-semibold">{say(props.title)}</h3>
      <dl className="mt-2 grid grid-cols-[auto_1fr] gap-x-5 gap-y-1.5">
        {props.examples.map(([example, about]) => (
          <div key={about} className="contents">
            <dt className="font-mono text-xs leading-5">{example}</dt>
            <dd className="text-soft">{say(about)}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}
