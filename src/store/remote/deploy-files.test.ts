import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { parseAllDocuments } from 'yaml'
import { neededGrants } from './prepare-server.ts'

const root = join(import.meta.dirname, '../../..')
const folder = join(root, 'deploy/clickhouse')
const guide = readFileSync(join(root, 'docs/guide/clickhouse.md'), 'utf8')

function read(file: string): string {
  return readFileSync(join(folder, file), 'utf8')
}

/** Names of elements that are opened and not closed, or the other way round; comments aside. */
function unbalanced(xml: string): readonly string[] {
  const open: string[] = []
  const wrong: string[] = []
  for (const [, end, name = '', single] of xml
    .replaceAll(/<!--.*?-->/gs, '')
    .matchAll(/<(\/?)([\w-]+)[^<>]*?(\/?)>/g)) {
    if (end === '/') {
      if (open.pop() !== name) wrong.push(name)
    } else if (single !== '/') open.push(name)
  }
  return [...wrong, ...open]
}

function hostsIn(xml: string, tag: string): readonly string[] {
  return [...xml.matchAll(new RegExp(`<${tag}>([\\w.-]+)</${tag}>`, 'g'))].map(
    ([, host]) => `${host}`,
  )
}

describe('deploy/clickhouse', () => {
  for (const file of globSync('**/*.xml', { cwd: folder })) {
    test(`${file} is one element, closed where it was opened`, () => {
      const xml = read(file)
      assert.deepEqual(unbalanced(xml), [])
      assert.match(xml, /^<!--[^<]*-->\n<clickhouse>.*<\/clickhouse>\n$/s)
    })
  }

  for (const file of globSync('*.yaml', { cwd: folder })) {
    test(`${file} is YAML, and names files that there are`, () => {
      const text = read(file)
      for (const document of parseAllDocuments(text, { merge: true })) {
        assert.deepEqual('errors' in document ? document.errors : [], [])
      }
      for (const [, named = ''] of text.matchAll(
        /(?:\.\/|[ [=])((?:config|users|keeper)\/\w+\.xml)/g,
      )) {
        assert.notEqual(read(named), '')
      }
    })
  }

  test('has two shards with two replicas, and all hosts that are named', () => {
    const cluster = read('config/cluster.xml')
    const hosts = hostsIn(cluster, 'host')
    assert.equal(cluster.match(/<shard>/g)?.length, 2)
    assert.equal(hosts.filter((host) => host.startsWith('clickhouse-')).length, 4)
    assert.deepEqual(
      hosts.filter((host) => host.startsWith('keeper-')),
      hostsIn(read('keeper/keeper.xml'), 'hostname'),
    )
    const compose = read('compose.yaml')
    for (const host of hosts) assert.ok(compose.includes(`aliases: [${host}]`), host)
    const pods = read('kubernetes.yaml')
    for (const set of ['keeper', 'clickhouse-01', 'clickhouse-02']) {
      assert.ok(pods.includes(`\n  name: ${set}\n`), set)
    }
  })

  test('gives the user the rights that are asked for', () => {
    const users = read('users/vigie.xml')
    const options = { url: '', user: 'vigie', password: '', tls: { isVerified: true } }
    const grants = neededGrants({ ...options, database: 'vigie', cluster: 'vigie' })
    for (const grant of grants) {
      assert.ok(users.includes(`<query>GRANT ${grant}</query>`), grant)
      assert.ok(guide.includes(`GRANT ${grant} TO`), grant)
    }
  })

  test('keeps the server from logging into tables', () => {
    const logs = read('config/logs.xml')
    for (const table of ['query_log', 'trace_log', 'metric_log', 'text_log', 'part_log']) {
      assert.ok(logs.includes(`<${table} remove="remove"/>`), table)
    }
  })
})
