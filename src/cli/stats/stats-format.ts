import { UsageError } from '../command.ts'
import { formatTable, type TextColumn } from '../text-table.ts'
import { statFields, type StatField, type StatValues } from './stat-fields.ts'

/** Writes containers as they were asked for. */
export type StatsFormat = (rows: readonly StatValues[]) => string

type Piece = (row: StatValues) => string

/** One column, or one line of free text. */
interface Cell {
  readonly pieces: readonly Piece[]
  /** The only field of the cell. */
  readonly field: StatField | undefined
  /** What stands above it: its fields' titles in place of their values. */
  readonly title: string
}

const usualTable =
  'table {{.ID}}\t{{.Name}}\t{{.CPUPerc}}\t{{.MemUsage}}\t{{.MemPerc}}\t{{.NetIO}}\t{{.BlockIO}}\t{{.PIDs}}'
const titles: StatValues = {
  Container: 'CONTAINER',
  ID: 'CONTAINER ID',
  Name: 'NAME',
  CPUPerc: 'CPU %',
  MemUsage: 'MEM USAGE / LIMIT',
  MemPerc: 'MEM %',
  NetIO: 'NET I/O /s',
  BlockIO: 'BLOCK I/O /s',
  PIDs: 'PIDS',
}
const words: ReadonlySet<StatField> = new Set(['Container', 'ID', 'Name'])
const actionPattern = /\{\{-?\s*(?:(json|upper|lower)\s+)?\.(\w*)\s*-?\}\}/g

/**
 * Reads the value of `--format`: `table` (or nothing), `json`, or a Go template of docker stats, after `table ` with titles.
 * @throws {UsageError} For a placeholder that docker stats does not have.
 */
export function readStatsFormat(text: string): StatsFormat {
  const format = text
    .trim()
    .replaceAll(String.raw`\t`, '\t')
    .replaceAll(String.raw`\n`, '\n')
  if (format === 'json') return (rows) => rows.map((row) => `${toJson(row)}\n`).join('')
  if (format === '' || format === 'table') return readStatsFormat(usualTable)
  if (!format.startsWith('table ')) {
    const cell = readCell(format)
    return (rows) => rows.map((row) => `${write(cell, row)}\n`).join('')
  }
  const cells = format.slice('table '.length).trim().split('\t').map(readCell)
  const columns = cells.map((cell): TextColumn<StatValues> => ({
    title: cell.title,
    isNumber: cell.field !== undefined && !words.has(cell.field),
    text: (row) => write(cell, row),
  }))
  return (rows) => formatTable(columns, rows)
}

function readCell(text: string): Cell {
  const pieces: Piece[] = []
  const fields: StatField[] = []
  let title = ''
  let at = 0
  for (const match of text.matchAll(actionPattern)) {
    const between = readPlain(text.slice(at, match.index))
    const [whole, deed, name = ''] = match
    if (name === '' && deed !== 'json') throw refusal(whole)
    const field = name === '' ? undefined : readField(name)
    if (field !== undefined) fields.push(field)
    pieces.push(() => between, toPiece(field, deed))
    title += between + (field === undefined ? '' : titles[field])
    at = match.index + whole.length
  }
  const last = readPlain(text.slice(at))
  pieces.push(() => last)
  const isBare = pieces.length === 3 && last === '' && text.startsWith('{{')
  return { pieces, title: title + last, field: isBare ? fields[0] : undefined }
}

function toPiece(field: StatField | undefined, deed: string | undefined): Piece {
  if (field === undefined) return toJson
  switch (deed) {
    case 'json':
      return (row) => JSON.stringify(row[field])
    case 'upper':
      return (row) => row[field].toUpperCase()
    case 'lower':
      return (row) => row[field].toLowerCase()
    case undefined:
    default:
      return (row) => row[field]
  }
}

function readField(name: string): StatField {
  const field = statFields.find((known) => known === name)
  if (field === undefined) throw refusal(`{{.${name}}}`)
  return field
}

/** What is left between placeholders must not be one that was not understood. */
function readPlain(text: string): string {
  const start = text.indexOf('{{')
  if (start >= 0) throw refusal(text.slice(start, start + 40))
  return text
}

function refusal(seen: string): UsageError {
  const known = statFields.map((field) => `.${field}`).join(' ')
  return new UsageError(
    `Cannot use --format: ${seen} is not known; allowed are table, json, and templates of ${known}, each also after json, upper or lower`,
  )
}

function write({ pieces }: Cell, row: StatValues): string {
  return pieces.map((piece) => piece(row)).join('')
}

function toJson(row: StatValues): string {
  return JSON.stringify(Object.fromEntries(statFields.map((field) => [field, row[field]])))
}
