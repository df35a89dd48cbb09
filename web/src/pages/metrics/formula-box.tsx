import { useId, useState, type ReactElement } from 'react'

import { say } from '../../messages/metrics.ts'
import { splitFormulas, unknownNames } from './edit-model.ts'
import type { QueryModel } from './query-model.ts'
import { namesIn } from './write-query.ts'

/** What is shown of the queries: `a, b` each by itself, `a / b * 100` a formula over them. Taken at Enter or when it is left. */
export function FormulaBox(props: {
  readonly model: QueryModel
  readonly onModel: (model: QueryModel) => void
}): ReactElement {
  const { model, onModel } = props
  const problemId = useId()
  const text = model.formulas.join(', ')
  const [draft, setDraft] = useState<string>()
  const problem = problemOf(draft ?? text, model)
  function take(): void {
    if (draft === undefined || problem !== undefined) return
    setDraft(undefined)
    if (draft.trim() !== text) onModel({ ...model, formulas: splitFormulas(draft) })
  }
  return (
    <label
      className="flex min-w-0 flex-1 basis-48 flex-wrap items-center gap-x-2"
      data-tone={problem === undefined ? undefined : 'warning'}
    >
      <span className="text-faint">{say('metrics.formula')}</span>
      <input
        type="text"
        className="query-input min-w-32 flex-1 font-mono text-xs"
        aria-invalid={problem !== undefined}
        aria-describedby={problem === undefined ? undefined : problemId}
        placeholder="a / b * 100"
        value={draft ?? text}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        onChange={(event) => setDraft(event.target.value)}
        onBlur={take}
        onKeyDown={(event) => {
          if (event.key === 'Enter') take()
          if (event.key === 'Escape') setDraft(undefined)
        }}
      />
      {problem !== undefined && (
        <span id={problemId} role="status" className="basis-full text-(--tone)">
          {problem}
        </span>
      )}
    </label>
  )
}

/** Queries that no formula names would be gone with the text; they may be, but a formula needs one of them. */
function problemOf(text: string, { queries }: QueryModel): string | undefined {
  const formulas = splitFormulas(text)
  const [unknown] = unknownNames(formulas, queries.length)
  if (unknown !== undefined) return say('metrics.formulaUnknown', { name: unknown })
  const isEmpty = formulas.every((formula) => namesIn(formula).length === 0)
  return isEmpty ? say('metrics.formulaEmpty') : undefined
}
