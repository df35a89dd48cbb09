import type { Locator, Page } from '@playwright/test'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Engine } from '../engine/engine.ts'
import { expect, test } from './vigie-test.ts'

const screens = join(import.meta.dirname, '../../docs/screens')
const network = 'screens'
/** A spark line is full after a minute. */
const fillMs = 65_000
const settleMs = 5000
const redrawMs = 1200

/** What the pictures show: small services that use a little of everything. */
interface Service {
  readonly project: string
  readonly service: string
  readonly options: readonly string[]
  readonly script: string
}

const burn = (loops: number, pause: number): string =>
  `while :; do i=0; while [ $i -lt ${loops} ]; do i=$((i+1)); done; sleep ${pause}; done`
const fetchFrom = (name: string, pause: number): string =>
  `while :; do wget -qO /dev/null http://${name}/blob; sleep ${pause}; done`
/** Lines of a program that has something to do now and then. */
const say = (line: string, pause: number): string =>
  `(n=0; while :; do n=$((n+1)); ${line}; sleep ${pause}; done) & `
const sayApi = say(
  `case $((n % 9)) in 4) echo "WARN  slow query took $((900 + n % 97))ms id=$(head -c4 /dev/urandom | hexdump -e '"%x"')";; 7) echo "ERROR cannot reach shop-mail-1: connection refused" >&2;; *) echo "INFO  order $n placed user=$((n * 7919 % 1000))";; esac`,
  0.4,
)
const sayWeb = say(
  `echo "10.0.0.$((n % 9)) - - [$(date +%d/%b/%Y:%T) +0000] \\"GET /cart/$((n % 40)) HTTP/1.1\\" 200 $((n % 900 + 100))"`,
  0.25,
)
const sayWorker = say(
  `echo "{\\"level\\":\\"info\\",\\"msg\\":\\"job done\\",\\"job\\":$n,\\"took_ms\\":$((n * 37 % 400))}"`,
  0.9,
)
const healthy = ['--health-cmd', 'true', '--health-interval', '2s']

const services: readonly Service[] = [
  {
    project: 'shop',
    service: 'web',
    options: [...healthy, '--cpus', '0.2', '--memory', '64m', '--publish', '8080:80'],
    script: `${sayWeb}mkdir /www; head -c 200k /dev/urandom > /www/blob; httpd -p 80 -h /www; ${burn(4000, 0.2)}`,
  },
  {
    project: 'shop',
    service: 'api',
    options: [...healthy, '--cpus', '0.1', '--memory', '48m'],
    script: sayApi + burn(9000, 0.1),
  },
  {
    project: 'shop',
    service: 'db',
    options: [...healthy, '--memory', '128m', '--shm-size', '120m'],
    script:
      'head -c 108m /dev/zero > /dev/shm/pages; while :; do head -c 2m /dev/urandom > /wal; sync; sleep 1; done',
  },
  {
    project: 'shop',
    service: 'worker',
    options: ['--cpus', '0.3'],
    script: sayWorker + fetchFrom('shop-web-1', 0.3),
  },
  {
    project: 'shop',
    service: 'mail',
    options: [
      '--health-cmd',
      'false',
      '--health-interval',
      '1s',
      '--health-retries',
      '2',
      '--memory',
      '16m',
    ],
    script: burn(500, 1),
  },
  {
    project: 'blog',
    service: 'front',
    options: [...healthy, '--memory', '32m'],
    script: fetchFrom('shop-web-1', 1.1),
  },
  {
    project: 'blog',
    service: 'cache',
    options: ['--memory', '64m', '--shm-size', '60m'],
    script: 'head -c 30m /dev/zero > /dev/shm/keys; sleep 1000',
  },
  { project: 'metrics', service: 'proxy', options: ['--cpus', '0.5'], script: burn(2500, 0.5) },
]

/** A page, how it is reached, and when it can be looked at. */
interface Picture {
  readonly name: string
  /** Behind the server's address; `{web}` stands for the id of a container, `{past}` for a moment two minutes ago. */
  readonly path: string
  readonly isReady: (page: Page) => Locator
}

const memoryByName = encodeURIComponent('avg:docker.mem.working_set{*} by {container_name}')
const pictures: readonly Picture[] = [
  { name: 'containers', path: '/', isReady: (page) => page.locator('[data-id]').first() },
  {
    name: 'map',
    path: '/?view=map&group=project',
    isReady: (page) => page.locator('main canvas').first(),
  },
  {
    name: 'past',
    path: '/?at={past}',
    isReady: (page) => page.locator('[data-id]').filter({ hasText: 'metrics-proxy-1' }),
  },
  {
    name: 'container',
    path: '/containers/{web}',
    isReady: (page) => page.locator('[data-chart="CPU"] canvas'),
  },
  {
    name: 'logs',
    path: '/logs',
    isReady: (page) => page.locator('[data-line]').filter({ hasText: 'ERROR' }).first(),
  },
  {
    name: 'events',
    path: '/events?range=15m',
    isReady: (page) => page.getByText('unhealthy').first(),
  },
  {
    name: 'metrics',
    path: `/metrics?q=${memoryByName}&range=15m`,
    isReady: (page) => page.getByRole('table', { name: 'Lines' }),
  },
  { name: 'dashboards', path: '/dashboards', isReady: (page) => page.getByText('Docker').first() },
  {
    name: 'dashboard',
    path: '/dashboards/docker?range=15m',
    isReady: (page) => page.locator('.widget canvas').nth(2),
  },
  { name: 'agents', path: '/agents', isReady: (page) => page.getByText('cgroup').first() },
]

/** Each page as a reader at a desk has it, by night and by day, and on a phone. */
const looks = [
  { suffix: '', viewport: { width: 1440, height: 900 }, colorScheme: 'dark' },
  { suffix: '-light', viewport: { width: 1440, height: 900 }, colorScheme: 'light' },
  { suffix: '-phone', viewport: { width: 390, height: 844 }, colorScheme: 'light' },
] as const

test.describe('the pictures of the documentation', () => {
  test.use({ deviceScaleFactor: 2, viewport: looks[0].viewport })
  test.setTimeout(fillMs + 300_000)

  test('show every page at work', async ({ page, engine, vigieUrl }) => {
    await engine.docker('network', 'create', network)
    const names = services.map(({ project, service }) => `${project}-${service}-1`)
    try {
      for (const each of services) await start(engine, each)
      await page.goto(vigieUrl)
      await expect(page.locator('[data-id]').filter({ hasText: 'metrics-proxy-1' })).toBeVisible()
      await sleep(fillMs)
      const web = (await engine.docker('inspect', '--format', '{{.Id}}', 'shop-web-1')).trim()
      for (const picture of pictures) {
        const past = String(Math.floor(Date.now() / 1000) - 30)
        const path = picture.path.replace('{web}', web).replace('{past}', past)
        await page.setViewportSize(looks[0].viewport)
        await page.goto(vigieUrl + path)
        await expect(picture.isReady(page)).toBeVisible()
        // What is asked once the page stands has been answered by then.
        await sleep(settleMs)
        await takeLooks(page, picture.name)
      }
    } finally {
      await engine.docker('rm', '--force', '--volumes', ...names)
      await engine.docker('network', 'rm', network)
    }
  })
})

async function start(
  engine: Engine,
  { project, service, options, script }: Service,
): Promise<void> {
  const labels = [`project=${project}`, `service=${service}`]
  await engine.docker(
    'run',
    '--detach',
    `--name=${project}-${service}-1`,
    `--network=${network}`,
    ...labels.flatMap((label) => ['--label', `com.docker.compose.${label}`]),
    ...options,
    'busybox',
    'sh',
    '-c',
    script,
  )
}

async function takeLooks(page: Page, name: string): Promise<void> {
  for (const { suffix, viewport, colorScheme } of looks) {
    await page.setViewportSize(viewport)
    await page.emulateMedia({ colorScheme })
    await sleep(redrawMs)
    await page.screenshot({ path: join(screens, `${name}${suffix}.png`) })
  }
}
