import type { ReactElement } from 'react'

import { Dialog } from '../elements/dialog.tsx'
import { say, type MessageKey } from '../messages/message.ts'

const keys: readonly (readonly [keys: readonly string[], about: MessageKey])[] = [
  [['/'], 'help.filter'],
  [['j', 'k'], 'help.rows'],
  [['Enter'], 'help.open'],
  [['Esc'], 'help.back'],
  [['.'], 'help.pause'],
  [['f'], 'help.fillWidget'],
  [['g', 'c'], 'help.goContainers'],
  [['g', 'l'], 'help.goLogs'],
  [['g', 'm'], 'help.goMetrics'],
  [['g', 'd'], 'help.goDashboards'],
  [['g', 'a'], 'help.goAgents'],
  [['?'], 'help.help'],
]
const grammar: readonly (readonly [example: string, about: MessageKey])[] = [
  ['web', 'help.grammarWord'],
  ['project:shop', 'help.grammarKey'],
  ['-state:exited', 'help.grammarNot'],
  ['cpu:>50', 'help.grammarNumber'],
  ['"two words"', 'help.grammarQuote'],
]

const logGrammar: readonly (readonly [example: string, about: MessageKey])[] = [
  ['timeout "connection reset"', 'help.logWords'],
  ['-healthz', 'help.grammarNot'],
  ['level:(error OR warn)', 'help.logKey'],
  ['@http.status:>=500', 'help.logNumber'],
  [String.raw`/order-\d+/i`, 'help.logRegex'],
]

/** The list of keys and of what the filter understands. */
export function HelpDialog({ onClose }: { readonly onClose: () => void }): ReactElement {
  return (
    <Dialog title={say('help.title')} closingKey="?" onClose={onClose}>
      {() => (
        <>
          <dl className="mt-3 grid grid-cols-[auto_1fr] gap-x-5 gap-y-1.5 sm:grid-cols-[auto_1fr_auto_1fr]">
            {keys.map(([names, about]) => (
              <div key={about} className="contents">
                <dt className="flex gap-1">
                  {names.map((name) => (
                    <kbd key={name}>{name}</kbd>
                  ))}
                </dt>
                <dd className="text-soft">{say(about)}</dd>
              </div>
            ))}
          </dl>
          <Grammar title="help.grammar" examples={grammar} />
          <Grammar title="help.logGrammar" examples={logGrammar} />
        </>
      )}
    </Dialog>
  )
}

function Grammar(props: {
  readonly title: MessageKey
  readonly examples: typeof grammar
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
