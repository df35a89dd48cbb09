// Installs what the tests need besides npm's packages: `node tools/prepare-tests.ts`, or by `make test`.
import { spawnSync } from 'node:child_process'
import { accessSync, constants, mkdirSync, openSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { resultsFolder } from './test-runner/suite.ts'

/** A program that the tests call, and the Debian package that brings it. */
interface Need {
  readonly program: string
  readonly packageName: string
}

const needs: readonly Need[] = [
  { program: 'dockerd', packageName: 'docker.io' },
  // Python's, in Debian 12 without the engine's plugin, or its successor.
  { program: 'docker-compose', packageName: 'docker-compose' },
  { program: 'iptables', packageName: 'iptables' },
  { program: 'ip', packageName: 'iproute2' },
  { program: 'unshare', packageName: 'util-linux' },
  // Runs containers with the runc that docker.io brings.
  { program: 'podman', packageName: 'podman' },
  { program: 'openssl', packageName: 'openssl' },
  { program: 'chromium', packageName: 'chromium' },
  { program: 'qemu-system-x86_64', packageName: 'qemu-system-x86' },
  { program: 'mmdebstrap', packageName: 'mmdebstrap' },
  { program: 'strip', packageName: 'binutils' },
  { program: 'mke2fs', packageName: 'e2fsprogs' },
  { program: 'xz', packageName: 'xz-utils' },
  { program: 'cpio', packageName: 'cpio' },
  // A terminal that can be looked at.
  { program: 'tmux', packageName: 'tmux' },
  // Clients of DogStatsD: what npm's `unix-dgram` is compiled with, and python's own sockets.
  { program: 'g++', packageName: 'g++' },
  { program: 'python3', packageName: 'python3-minimal' },
  // Somebody else's intake for what we send.
  { program: 'victoria-metrics', packageName: 'victoria-metrics' },
  // Writes to us, and answers the same questions.
  { program: 'prometheus', packageName: 'prometheus' },
]

// Known by their package: a busybox that is not static has the same name, and fonts have no program.
const neededPackages = ['busybox-static', 'fonts-dejavu-core', 'fonts-inter']

const logPath = join(resultsFolder, 'prepare.log')

/** Installs what is missing; says in a sentence why it could not, or nothing. Asks apt for nothing when all is there. */
export function prepareTests(): string | undefined {
  const missing = findMissing()
  if (missing.length === 0) return undefined
  const sentence = `Cannot prepare the tests: missing are ${missing.join(', ')}`
  if (!isOnPath('apt-get'))
    return `${sentence}; there is no apt-get to install them: run the tests on Debian`
  if (process.getuid?.() !== 0)
    return `${sentence}; install them as root: apt-get install ${missing.join(' ')}`
  process.stdout.write(`installs ${missing.join(' ')}; log: ${logPath}\n`)
  const fault = install()
  return fault && `${sentence}; apt-get could not install them:\n${fault}`
}

/** Packages to install, without those whose programs are there from elsewhere. */
function findMissing(): string[] {
  const byProgram = needs
    .filter(({ program }) => !isOnPath(program))
    .map(({ packageName }) => packageName)
  const byPackage = neededPackages.filter((name) => !isInstalled(name))
  const command = isOnPath('docker') ? [] : [dockerCommandPackage()]
  return [...new Set([...byProgram, ...command, ...byPackage])]
}

/** The `docker` command is in `docker.io` up to Debian 12, in a package of its own since. */
function dockerCommandPackage(): string {
  const known = spawnSync('apt-cache', ['--names-only', 'search', '^docker-cli$'], {
    encoding: 'utf8',
  })
  return known.stdout ? 'docker-cli' : 'docker.io'
}

/** What apt-get said in the end if it failed. */
function install(): string | undefined {
  mkdirSync(resultsFolder, { recursive: true })
  const log = openSync(logPath, 'w')
  const apt = (...args: readonly string[]): boolean => {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    return (
      spawnSync('apt-get', ['-o', 'DPkg::Lock::Timeout=300', ...args], {
        stdio: ['ignore', log, log],
        env,
      }).status === 0
    )
  }
  // What is missing is asked again after the update: only then are all packages known.
  if (apt('update') && apt('install', '--yes', '--no-install-recommends', ...findMissing()))
    return undefined
  return readFileSync(logPath, 'utf8').split('\n').slice(-15).join('\n')
}

function isInstalled(packageName: string): boolean {
  const query = spawnSync(
    'dpkg-query',
    ['--show', '--showformat=${db:Status-Status}', packageName],
    { encoding: 'utf8' },
  )
  return query.stdout === 'installed'
}

/** Looks where root's shell would, too: Debian keeps daemons and tools for disks in `sbin`. */
function isOnPath(program: string): boolean {
  const folders = [
    ...(process.env['PATH'] ?? '').split(delimiter),
    '/usr/local/sbin',
    '/usr/sbin',
    '/sbin',
  ]
  return folders.some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

if (import.meta.main) {
  const fault = prepareTests()
  if (fault !== undefined) {
    process.stderr.write(`${fault}\n`)
    process.exitCode = 1
  }
}
