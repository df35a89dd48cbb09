import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { findHostDefaults } from './host-defaults.ts'

const mounts = ['/host/proc', '/host/sys/fs/cgroup', '/host/var/run/docker.sock']

function find(paths: readonly string[], env: Record<string, string> = {}) {
  return Object.fromEntries(findHostDefaults(env, (path) => paths.includes(path)))
}

const allOfHost = {
  container_proc_root: '/host/proc',
  container_cgroup_root: '/host/sys/fs/cgroup',
  'vigie.docker.host': 'unix:///host/var/run/docker.sock',
}

describe('findHostDefaults()', () => {
  test('leaves everything as it is on a host, whatever is mounted', () => {
    assert.deepEqual(find(mounts), {})
  })

  test('finds the cgroups of Amazon Linux 1', () => {
    assert.deepEqual(find(['/cgroup/memory/memory.stat']), { container_cgroup_root: '/cgroup' })
  })

  test("takes the host's folders inside a container", () => {
    assert.deepEqual(find(['/.dockerenv', ...mounts]), allOfHost)
    assert.deepEqual(find(mounts, { DOCKER_DD_AGENT: 'true' }), allOfHost)
  })

  test('takes only what is mounted', () => {
    assert.deepEqual(find(['/.dockerenv', '/host/proc']), { container_proc_root: '/host/proc' })
    assert.deepEqual(find(['/.dockerenv']), {})
  })

  test('prefers the socket in its own place', () => {
    const { 'vigie.docker.host': host } = find(['/.dockerenv', '/var/run/docker.sock', ...mounts])
    assert.equal(host, undefined)
  })
})
