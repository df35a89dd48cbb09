import { useEffect, useRef, type ReactElement } from 'react'

import { CrossIcon } from '../elements/icon.tsx'
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

/**
 * The list of keys and of what the filter understands. The browser's own dialog traps the focus and closes at Esc, and,
 * unlike a scripted one, adds no style element, which a strict content policy would refuse.
 */
export function HelpDialog({ onClose }: { readonly onClose: () => void }): ReactElement {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog
      ref={dialog}
      aria-labelledby="help-title"
      className="m-auto max-h-[85dvh] w-[min(42rem,calc(100vw-2rem))] rounded-lg border border-edge bg-panel p-5 text-ink shadow-2xl backdrop:bg-black/40"
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && dialog.current?.close()}
      onKeyDown={(event) => event.key === '?' && dialog.current?.close()}
    >
      <div className="flex items-center justify-between">
        <h2 id="help-title" className="text-base font-semibold">
          {say('help.title')}
        </h2>
        <button
          type="button"
          className="rounded p-1 text-soft hover:text-ink"
          aria-label={say('help.close')}
          onClick={() => dialog.current?.close()}
        >
          <CrossIcon />
        </button>
      </div>
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
    </dialog>
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
