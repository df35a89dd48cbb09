import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from './vigie-test.ts'

const screens = join(import.meta.dirname, '../../docs/screens')
const network = 'screens'
/** A spark line is full after a minute. */
const fillMs = 65_000

/** What stands in the README: small services that use a little of everything. */
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

test.describe('the pictures of the README', () => {
  test.use({ viewport: { width: 1440, height: 620 }, deviceScaleFactor: 2, colorScheme: 'dark' })
  test.setTimeout(fillMs + 90_000)

  test('show containers at work', async ({ page, engine, vigieUrl }) => {
    await engine.docker('network', 'create', network)
    const names = services.map(({ project, service }) => `${project}-${service}-1`)
    try {
      for (const { project, service, options, script } of services) {
        const labels = [`project=${project}`, `service=${service}`]
        const name = `${project}-${service}-1`
        await engine.docker(
          'run',
          '--detach',
          `--name=${name}`,
          `--network=${network}`,
          ...labels.flatMap((label) => ['--label', `com.docker.compose.${label}`]),
          ...options,
          'busybox',
          'sh',
          '-c',
          script,
        )
      }
      await page.goto(vigieUrl)
      await expect(page.locator('[data-id]').filter({ hasText: 'metrics-proxy-1' })).toBeVisible()
      await sleep(fillMs)
      await page.screenshot({ path: join(screens, 'containers.png') })
      await page.getByRole('link', { name: 'shop-web-1' }).click()
      await expect(page.locator('[data-chart="CPU"] canvas')).toBeVisible()
      await page.setViewportSize({ width: 1440, height: 900 })
      await sleep(3000)
      await page.screenshot({ path: join(screens, 'container.png') })
      await page.goto(`${vigieUrl}/logs`)
      await expect(page.locator('[data-line]').filter({ hasText: 'ERROR' }).first()).toBeVisible()
      await sleep(10_000)
      await page.screenshot({ path: join(screens, 'logs.png') })
      await page.goto(`${vigieUrl}/dashboards/docker?range=15m`)
      await expect(page.locator('.widget canvas').nth(2)).toBeVisible()
      await sleep(10_000)
      await page.screenshot({ path: join(screens, 'dashboard.png') })
      const query = 'avg:docker.mem.working_set{*} by {container_name}'
      await page.goto(`${vigieUrl}/metrics?q=${encodeURIComponent(query)}&range=15m`)
      await expect(page.getByRole('table', { name: 'Lines' })).toBeVisible()
      await sleep(3000)
      await page.screenshot({ path: join(screens, 'metrics.png') })
    } finally {
      await engine.docker('rm', '--force', '--volumes', ...names)
      await engine.docker('network', 'rm', network)
    }
  })
})
