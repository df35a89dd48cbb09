import { SqlParameters } from '../sql-parameters.ts'
import { RowBinaryReader } from './row-binary.ts'
import type { ReadClient } from '../scope/read-client.ts'

/** Makes a statement and binds its values. */
export type WriteSql = (parameters: SqlParameters) => string

/** Asks and reads each row as an object. */
export async function readRows<Row>(client: ReadClient, write: WriteSql): Promise<readonly Row[]> {
  const parameters = new SqlParameters()
  const answer = await client.query({
    query: write(parameters),
    query_params: parameters.values,
    format: 'JSONEachRow',
  })
  return answer.json<Row>()
}

/** Asks and reads each row from its bytes: a tenth of the work where rows are long lists of numbers. */
export async function readBinaryRows<Row>(
  client: ReadClient,
  write: WriteSql,
  readRow: (reader: RowBinaryReader) => Row,
): Promise<readonly Row[]> {
  const parameters = new SqlParameters()
  const { stream } = await client.exec({
    query: `${write(parameters)}\nFORMAT RowBinary`,
    query_params: parameters.values,
  })
  const [first, ...others] = await Array.fromAsync<Buffer>(stream)
  if (first === undefined) return []
  // The store in this process answers in one piece.
  const reader = new RowBinaryReader(
    others.length === 0 ? first : Buffer.concat([first, ...others]),
  )
  const rows: Row[] = []
  while (!reader.isAtEnd) rows.push(readRow(reader))
  return rows
}
