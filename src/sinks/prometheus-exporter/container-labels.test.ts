import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { makeBoarded } from '../../../test/agent/container-readings.ts'
import { createLabelPrinter } from './container-labels.ts'

const own = 'id="/docker/a",name="web",image="nginx:1"'

function print(labels: Readonly<Record<string, string>>, keys: readonly string[] = ['*']): string {
  return createLabelPrinter(keys)(makeBoarded({ labels }), '/docker/a')
}

describe('createLabelPrinter()', () => {
  test('has id, name and image first', () => assert.equal(print({}), own))

  test('knows a container anew once something else was told of it', () => {
    const printLabels = createLabelPrinter([])
    const container = makeBoarded()
    assert.equal(printLabels(container, '/docker/a'), own)
    assert.equal(printLabels(container, '/x'), own.replace('/docker/a', '/x'))
    const renamed = { ...container, name: 'front' }
    assert.equal(printLabels(renamed, '/docker/a'), own.replace('web', 'front'))
  })

  test('leaves an image out that has no name', () => {
    const labels = createLabelPrinter([])(makeBoarded({ image: '' }), '/x')
    assert.equal(labels, 'id="/x",name="web"')
  })

  test('makes names of all labels that Prometheus takes', () => {
    assert.equal(
      print({ 'com.docker.compose.service': 'web', '9-lives': 'yes' }),
      `${own},container_label_9_lives="yes",container_label_com_docker_compose_service="web"`,
    )
  })

  test('has the chosen labels only', () => {
    assert.equal(print({ a: '1', b: '2' }, ['b', 'c']), `${own},container_label_b="2"`)
    assert.equal(print({ a: '1' }, []), own)
  })

  test('has each name once, whatever labels become it', () => {
    assert.equal(print({ 'a.b': 'dot', 'a-b': 'dash' }), `${own},container_label_a_b="dash"`)
  })

  test('leaves out what is empty or longer than any name should be', () => {
    assert.equal(print({ a: '', b: 'x'.repeat(1025), c: 'y' }), `${own},container_label_c="y"`)
  })

  test('is never longer than some kilobytes, however many labels there are', () => {
    const many = Array.from({ length: 500 }, (_, at) => [`label${at}`, 'z'.repeat(1000)] as const)
    assert.ok(print(Object.fromEntries(many)).length < 20_000)
  })
})
