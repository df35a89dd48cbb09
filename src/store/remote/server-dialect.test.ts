import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { serverDialect } from './server-dialect.ts'

describe('serverDialect()', () => {
  const other = serverDialect('other')

  test('leaves everything as it is in the database of that name', () => {
    const own = serverDialect('vigie')
    const question = `SELECT * FROM vigie.series, system.parts WHERE database = 'vigie'`
    assert.equal(own.question(question), question)
    assert.deepEqual(own.commands('TRUNCATE TABLE vigie.series'), ['TRUNCATE TABLE vigie.series'])
  })

  test('puts tables into another database, and nothing else', () => {
    assert.equal(
      other.question(
        `SELECT 'vigie.series', "vigie.x", not_vigie.x, x.vigie.y FROM vigie.series -- vigie.series`,
      ),
      `SELECT 'vigie.series', "vigie.x", not_vigie.x, x.vigie.y FROM other.series -- vigie.series`,
    )
  })

  test('quotes a name that is no word', () => {
    const { question } = serverDialect('a-b`c')
    assert.equal(question('SELECT 1 FROM vigie.series'), 'SELECT 1 FROM `a-b\\`c`.series')
  })

  test("shows what is ours of the engine's own tables", () => {
    assert.equal(
      other.question(`SELECT count() FROM system.parts WHERE database = 'vigie'`),
      `SELECT count() FROM (SELECT * REPLACE ('vigie' AS database) FROM (SELECT * FROM system.parts WHERE database = 'other')) WHERE database = 'vigie'`,
    )
  })

  test('leaves system tables in questions of people to the guard', () => {
    const question = 'SELECT * FROM system.parts, vigie.metrics'
    assert.equal(other.peopleQuestion(question), 'SELECT * FROM system.parts, other.metrics')
  })

  test('does not make the database, which is there by then', () =>
    assert.deepEqual(other.commands('CREATE DATABASE IF NOT EXISTS vigie'), []))
})
