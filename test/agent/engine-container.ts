import type { EngineContainer } from '../../src/docker/parse-inspect.ts'

/** A running container as the engine tells of it. */
export function makeContainer(change: Partial<EngineContainer> = {}): EngineContainer {
  return {
    id: 'c0ffee'.padEnd(64, '0'),
    name: 'web',
    image: 'registry:5000/team/web:1.2',
    imageId: `sha256:${'1'.repeat(64)}`,
    runtime: 'docker',
    state: 'running',
    health: 'none',
    createdAtMs: 1_795_000_000_000,
    startedAtMs: 1_795_000_001_000,
    wasOomKilled: false,
    restartCount: 0,
    command: 'httpd -f',
    labels: {},
    env: [],
    ports: [],
    mounts: [],
    networks: [{ name: 'bridge', ipAddress: '172.17.0.2' }],
    networkMode: 'bridge',
    pid: 42,
    cgroupParent: '',
    healthOutput: '',
    log: { driver: 'json-file', path: '', isTty: false, label: '' },
    ...change,
  }
}
