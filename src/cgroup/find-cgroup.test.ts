import assert from 'node:assert/strict'
import { mkdirSync, mkdtempDisposableSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { findCgroup, type Wanted } from './find-cgroup.ts'

const id = 'a83348f9102a79b2698b0f8c42bd49439eddd0b84b89d267df4152824613d55a'
const pod = 'kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod1.slice'

interface Host {
  /** Folders below the root of the hierarchy. */
  readonly folders: readonly string[]
  readonly wanted?: Partial<Wanted>
  /** Text of `/proc/42/cgroup`. */
  readonly ownPaths?: string
}

/** What is found on such a host, with the unified hierarchy and with v1's memory controller. */
function findOn({ folders, wanted, ownPaths }: Host): {
  v2: string | undefined
  v1: string | undefined
} {
  using root = mkdtempDisposableSync(join(tmpdir(), 'vigie-find-'))
  for (const folder of folders) mkdirSync(join(root.path, 'cgroup', folder), { recursive: true })
  mkdirSync(join(root.path, 'proc/42'), { recursive: true })
  if (ownPaths !== undefined) writeFileSync(join(root.path, 'proc/42/cgroup'), ownPaths)
  const container = { id, pid: 42, cgroupParent: '', ...wanted }
  const base = join(root.path, 'cgroup')
  const proc = join(root.path, 'proc')
  return {
    v2: findCgroup({ version: 'v2', root: base }, container, proc),
    v1: findCgroup({ version: 'v1', controllers: new Map([['memory', base]]) }, container, proc),
  }
}

const cases: Readonly<Record<string, Host & { found: string | undefined }>> = {
  'finds the folder of the driver cgroupfs': {
    folders: [`docker/${id}`],
    found: `docker/${id}`,
  },
  'finds the scope of the driver systemd': {
    folders: [`system.slice/docker-${id}.scope`],
    found: `system.slice/docker-${id}.scope`,
  },
  'finds it below a cgroup parent of cgroupfs': {
    folders: [`teams/web/${id}`],
    wanted: { cgroupParent: '/teams/web' },
    found: `/teams/web/${id}`,
  },
  'finds it below a slice that lies in others': {
    folders: [`teams.slice/teams-web.slice/teams-web-blue.slice/docker-${id}.scope`],
    wanted: { cgroupParent: 'teams-web-blue.slice' },
    found: `teams.slice/teams-web.slice/teams-web-blue.slice/docker-${id}.scope`,
  },
  'takes the path that the process itself has': {
    folders: [`elsewhere/deep/${id}`],
    ownPaths: `12:pids:/elsewhere/deep/${id}\n4:memory:/elsewhere/deep/${id}\n0::/elsewhere/deep/${id}\n`,
    found: `elsewhere/deep/${id}`,
  },
  'takes the container, not the group its own systemd made in it': {
    folders: [`lxc/${id}/init.scope`],
    ownPaths: `4:memory:/lxc/${id}/init.scope\n0::/lxc/${id}/init.scope\n`,
    found: `lxc/${id}`,
  },
  'walks to it where nothing else tells the way': {
    folders: [`${pod}/cri-containerd-${id}.scope`, 'system.slice/ssh.service', 'user.slice'],
    found: `${pod}/cri-containerd-${id}.scope`,
  },
  'does not take the unit of a mount or of a monitor for it': {
    folders: [
      `system.slice/var-lib-docker-containers-${id}-mounts-shm.mount`,
      `crio-conmon-${id}.scope`,
      `${pod}/docker-${id}.scope`,
    ],
    found: `${pod}/docker-${id}.scope`,
  },
  'finds nothing when the process belongs to another group by now': {
    folders: ['user.slice'],
    ownPaths: '4:memory:/user.slice\n0::/user.slice\n',
    found: undefined,
  },
  'finds nothing when the path of the process is gone': {
    folders: ['docker'],
    ownPaths: `4:memory:/docker/x/${id}\n0::/docker/x/${id}\n`,
    found: undefined,
  },
}

describe('findCgroup()', () => {
  for (const [claim, { found, ...host }] of Object.entries(cases)) {
    test(claim, () => assert.deepEqual(findOn(host), { v2: found, v1: found }))
  }

  test('finds nothing on a host without cgroups', () => {
    const wanted = { id, pid: 42, cgroupParent: '' }
    assert.equal(findCgroup({ version: 'none' }, wanted, '/proc'), undefined)
  })
})
