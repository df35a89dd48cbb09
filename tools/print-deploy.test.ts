import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { parse, parseAllDocuments } from 'yaml'
import { agentCapabilities } from '../src/access/add-host/mounts.ts'
import { readVersion } from '../src/cli/version.ts'
import { deployFiles, readDeployFiles } from './print-deploy.ts'

const root = new URL('../', import.meta.url)
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8')

describe('deploy/', () => {
  test('says the same as the commands for adding a host; node tools/print-deploy.ts writes it', () => {
    assert.deepEqual(readDeployFiles(), deployFiles)
  })

  test('names images of this version', () => {
    const files = ['deploy/compose/compose.yaml', 'deploy/kubernetes/server.yaml', ...Object.keys(deployFiles)] // prettier-ignore
    for (const path of files) {
      const tags = [...read(path).matchAll(/\bvigie(?:-agent)?:(\d[\w.-]*)/g)].map(([, tag]) => tag)
      assert.ok(tags.length > 0, path)
      assert.deepEqual(new Set(tags), new Set([readVersion()]), path)
    }
  })

  test('gives the agent the same rights and mounts in both Compose files', () => {
    const agentOf = (path: string): Record<string, unknown> => parse(read(path)).services.agent
    const both = agentOf('deploy/compose/compose.yaml')
    const alone = agentOf('deploy/compose/agent.yaml')
    for (const key of ['network_mode', 'pid', 'read_only', 'cap_drop', 'cap_add', 'security_opt'])
      assert.deepEqual(both[key], alone[key], key)
    const isShared = (mount: unknown): boolean => !String(mount).startsWith('vigie-server:')
    assert.deepEqual([both['volumes']].flat().filter(isShared), alone['volumes'])
    assert.deepEqual(alone['cap_add'], [...agentCapabilities])
  })

  test('gives the agent as a service the same rights, and a folder that containers go on seeing', () => {
    for (const path of ['deploy/systemd/vigie-agent.service', 'deploy/systemd/vigie.service']) {
      const rights = /^CapabilityBoundingSet=(.+)$/m.exec(read(path))?.[1]
      assert.equal(rights, agentCapabilities.map((name) => `CAP_${name}`).join(' '), path)
      assert.match(read(path), /^RuntimeDirectory=datadog$/m)
      // Else it goes at each stop, and those who have mounted it keep the one that is gone.
      assert.match(read(path), /^RuntimeDirectoryPreserve=yes$/m)
    }
  })

  test('has manifests that are YAML, each with a kind', () => {
    for (const path of ['deploy/kubernetes/agent.yaml', 'deploy/kubernetes/server.yaml']) {
      for (const document of parseAllDocuments(read(path))) {
        assert.deepEqual(document.errors, [])
        assert.match(String(document.get('kind')), /^[A-Z]\w+$/)
      }
    }
  })
})
