import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type LogLevel, logLevels } from '../../../../model/log-level.ts'
import { findLevel } from './find-level.ts'

const esc = '\u001b'
const lines: readonly (readonly [level: LogLevel, line: string])[] = [
  // nginx, apache, haproxy, envoy, traefik, caddy
  [
    'unknown',
    '10.0.0.7 - - [02/Jan/2026:15:04:05 +0000] "GET /error HTTP/1.1" 500 12 "-" "curl/8.5"',
  ],
  ['error', '2026/01/02 15:04:05 [error] 31#31: *1 open() "/srv/x" failed (2: No such file)'],
  ['notice', '2026/01/02 15:04:05 [notice] 1#1: start worker processes'],
  ['emergency', '2026/01/02 15:04:05 [emerg] 1#1: host not found in upstream "api"'],
  [
    'notice',
    '[Fri Jan 02 15:04:05.123456 2026] [mpm_event:notice] [pid 1:tid 139] AH00489: resuming',
  ],
  [
    'error',
    '[Fri Jan 02 15:04:05.123456 2026] [core:error] [pid 7] AH00126: Invalid URI in request',
  ],
  ['warn', '[WARNING]  (1) : config : missing timeouts for backend "app".'],
  ['notice', '[NOTICE]   (1) : New worker (8) forked'],
  ['alert', '[ALERT]    (1) : Binding [/etc/haproxy.cfg:12] for frontend web: cannot bind'],
  [
    'unknown',
    '10.1.2.3:51234 [02/Jan/2026:15:04:05.123] web app/s1 0/0/1/2/3 200 512 - - ---- 1/1/0/0/0',
  ],
  ['info', '[2026-01-02 15:04:05.123][1][info][main] [source/server/server.cc:404] initializing'],
  [
    'critical',
    '[2026-01-02 15:04:05.123][1][critical][main] [source/server/server.cc:117] error initializing',
  ],
  ['unknown', '[2026-01-02T15:04:05.123Z] "GET /v1/x HTTP/1.1" 200 - via_upstream - "-" 0 15 3 2'],
  ['info', 'time="2026-01-02T15:04:05Z" level=info msg="Configuration loaded from flags."'],
  ['info', '2026-01-02T15:04:05Z INF Starting provider *docker.Provider'],
  [
    'error',
    `${esc}[90m2026-01-02T15:04:05Z${esc}[0m ${esc}[31mERR${esc}[0m Provider error, retrying`,
  ],
  // databases
  ['info', '2026-01-02 15:04:05.123 UTC [1] LOG:  database system is ready to accept connections'],
  [
    'error',
    '2026-01-02 15:04:05.123 UTC [77] ERROR:  relation "users" does not exist at character 15',
  ],
  ['unknown', '2026-01-02 15:04:05.123 UTC [77] STATEMENT:  select * from users'],
  [
    'critical',
    '2026-01-02 15:04:05.123 UTC [78] FATAL:  password authentication failed for user "app"',
  ],
  ['critical', '2026-01-02 15:04:05.123 UTC [78] PANIC:  could not write to file "pg_wal/x"'],
  ['notice', '1:M 02 Jan 2026 15:04:05.123 * Ready to accept connections tcp'],
  ['warn', '1:C 02 Jan 2026 15:04:05.123 # Warning: no config file specified'],
  ['info', '7:S 02 Jan 2026 15:04:05.123 - Accepted 10.0.0.1:5000'],
  [
    'warn',
    '2026-01-02T15:04:05.123456Z 0 [Warning] [MY-010068] [Server] CA certificate is self signed.',
  ],
  ['error', '2026-01-02T15:04:05.123456Z 0 [ERROR] [MY-010119] [Server] Aborting'],
  ['notice', '2026-01-02 15:04:05 0 [Note] mariadbd: ready for connections.'],
  ['info', '2026.01.02 15:04:05.123456 [ 1 ] {} <Information> Application: Ready for connections.'],
  ['error', '2026.01.02 15:04:05.123456 [ 9 ] {a-b} <Error> executeQuery: Code: 60. DB::Exception'],
  ['info', '[2026-01-02T15:04:05,123][INFO ][o.e.n.Node               ] [node-1] started'],
  [
    'warn',
    '[2026-01-02T15:04:05,123][WARN ][o.e.b.BootstrapChecks    ] [node-1] max virtual memory',
  ],
  ['info', 'INFO  [main] 2026-01-02 15:04:05,123 CassandraDaemon.java:700 - Startup complete'],
  // Java
  [
    'info',
    '2026-01-02 15:04:05.123  INFO 1 --- [           main] c.e.App : Started App in 2.1 seconds',
  ],
  [
    'error',
    '2026-01-02T15:04:05.123Z ERROR 1 --- [nio-8080-exec-1] o.a.c.c.C : Servlet.service() threw',
  ],
  ['debug', '15:04:05.123 [main] DEBUG com.example.App - Loaded 12 INFO beans'],
  ['warn', '15:04:05,123 |-WARN in ch.qos.logback.core.rolling - no policy'],
  [
    'critical',
    '[2026-01-02 15:04:05,123] FATAL [KafkaServer id=0] Fatal error during startup (kafka.Server)',
  ],
  ['info', '[2026-01-02 15:04:05,123] INFO [KafkaServer id=0] started (kafka.server.KafkaServer)'],
  ['error', 'SEVERE: Servlet.service() for servlet [dispatcher] threw exception'],
  ['warn', 'WARNING: An illegal reflective access operation has occurred'],
  ['unknown', '\tat com.example.App.main(App.java:12)'],
  ['unknown', 'Jan 02, 2026 3:04:05 PM org.apache.catalina.core.StandardService startInternal'],
  [
    'info',
    '02-Jan-2026 15:04:05.123 INFO [main] org.apache.catalina.startup.Catalina.start Started',
  ],
  // Python
  ['info', 'INFO:root:listening on 8000'],
  ['error', '2026-01-02 15:04:05,123 - app.db - ERROR - connection refused'],
  ['warn', '2026-01-02 15:04:05,123 WARNING  app: retry in 5 s'],
  ['info', 'INFO:     127.0.0.1:51234 - "GET / HTTP/1.1" 200 OK'],
  ['info', `${esc}[32mINFO${esc}[0m:     Application startup complete.`],
  ['info', '[2026-01-02 15:04:05 +0000] [1] [INFO] Starting gunicorn 22.0.0'],
  ['error', '[2026-01-02 15:04:05 +0000] [7] [ERROR] Exception in worker process'],
  ['info', '[2026-01-02 15:04:05,123: INFO/MainProcess] Connected to redis://redis:6379//'],
  ['warn', '[2026-01-02 15:04:05,123: WARNING/ForkPoolWorker-1] slow task'],
  ['unknown', 'Traceback (most recent call last):'],
  ['unknown', 'ValueError: invalid literal for int() with base 10'],
  ['info', '[2026-01-02, 15:04:05 UTC] {taskinstance.py:1157} INFO - Dependencies all met'],
  // Go
  ['unknown', '2026/01/02 15:04:05 listening on :8080'],
  ['info', '2026/01/02 15:04:05 INFO server started port=8080'],
  ['critical', 'panic: runtime error: index out of range [5] with length 3'],
  ['unknown', 'goroutine 1 [running]:'],
  ['error', 'ts=2026-01-02T15:04:05.123Z caller=main.go:500 level=error err="open: no such file"'],
  ['warn', '2026-01-02T15:04:05.123Z\tWARN\tserver/main.go:10\tdeprecated flag\t{"flag": "x"}'],
  ['debug', '{"level":"debug","time":"2026-01-02T15:04:05Z","message":"cut li'],
  ['info', '3:04PM INF listening addr=:8080'],
  ['trace', '2026-01-02T15:04:05.123Z [TRACE] agent: dialing'],
  [
    'error',
    '    2026-01-02T15:04:05.123Z [ERROR] agent.server.raft: failed to make requestVote RPC',
  ],
  [
    'info',
    'logger=settings t=2026-01-02T15:04:05.123Z level=info msg="[error] is only quoted here"',
  ],
  ['warn', 'time=2026-01-02T15:04:05.123Z lvl=warn msg=slow'],
  ['error', 'severity=ERROR msg="disk full"'],
  ['error', '{"severity":"ERROR", "cut": "yes'],
  // Node
  ['error', '{"level":50,"time":1767366245123,"msg":"cut'],
  ['info', 'info: server started {"service":"web"}'],
  ['unknown', 'npm warn deprecated inflight@1.0.6: not supported'],
  ['error', 'error: Uncaught TypeError: x is not a function'],
  ['unknown', '    at Module._compile (node:internal/modules/cjs/loader:1554:14)'],
  ['error', '2026-01-02T15:04:05.123Z [error]: could not connect'],
  ['info', '2026-01-02 15:04:05 info: z2m: started'],
  ['debug', '[Nest] 1  - 01/02/2026, 3:04:05 PM   DEBUG [Router] mapped'],
  // Rust
  ['info', '[2026-01-02T15:04:05Z INFO  app::server] listening'],
  [
    'warn',
    `${esc}[2m2026-01-02T15:04:05.123456Z${esc}[0m ${esc}[33m WARN${esc}[0m ${esc}[2mapp${esc}[0m: slow`,
  ],
  ['error', '2026-01-02T15:04:05.123456Z ERROR app::db: pool timed out'],
  // Kubernetes, systemd, syslog
  ['info', 'I0102 15:04:05.123456       1 controller.go:132] started'],
  ['error', 'E0102 15:04:05.123456       1 reflector.go:147] Failed to watch *v1.Pod'],
  ['critical', 'F0102 15:04:05.123456       1 server.go:1] no'],
  ['error', '<3>systemd[1]: app.service: Failed with result exit-code.'],
  ['info', '<14>Jan  2 15:04:05 host app[1]: hello'],
  ['unknown', 'Jan  2 15:04:05 host systemd[1]: Started app.service.'],
  // Ruby, PHP
  ['error', 'E, [2026-01-02T15:04:05.123456 #1] ERROR -- : boom'],
  ['info', 'I, [2026-01-02T15:04:05.123456 #1]  INFO -- : Started GET "/"'],
  ['unknown', 'Started GET "/users" for 10.0.0.1 at 2026-01-02 15:04:05 +0000'],
  ['notice', '[02-Jan-2026 15:04:05] NOTICE: fpm is running, pid 1'],
  ['warn', '[02-Jan-2026 15:04:05] WARNING: [pool www] server reached max_children'],
  ['warn', 'PHP Warning:  Undefined variable $x in /app/a.php on line 3'],
  ['error', '[2026-01-02 15:04:05] production.ERROR: SQLSTATE[HY000] {"exception":"x"}'],
  // .NET
  ['info', 'info: Microsoft.Hosting.Lifetime[14]'],
  ['error', 'fail: Microsoft.EntityFrameworkCore.Database.Command[20102]'],
  ['debug', 'dbug: Microsoft.Extensions.Hosting.Internal.Host[1]'],
  ['critical', 'crit: Microsoft.AspNetCore.Server.Kestrel[0]'],
  ['info', '[15:04:05 INF] Now listening on: http://[::]:8080'],
  ['error', '2026-01-02 15:04:05.123 +00:00 [ERR] Unhandled exception'],
  // Erlang, home automation, others
  ['info', '2026-01-02 15:04:05.123456+00:00 [info] <0.222.0> Server startup complete'],
  ['error', '2026-01-02 15:04:05.123456+00:00 [error] <0.9.0> Channel error on connection'],
  ['info', 'Zigbee2MQTT:info  2026-01-02 15:04:05: MQTT publish'],
  [
    'warn',
    '2026-01-02 15:04:05.123 WARNING (MainThread) [homeassistant.loader] custom integration',
  ],
  ['info', 'Energy is INFO here'],
  ['error', '[15:04:05] [E] write failed'],
  ['info', '  INFO   k=v'],
  // nothing is said, or two things are
  ['unknown', 'no errors were found, information follows'],
  ['unknown', 'the ERROR and the WARN counters were reset'],
  ['unknown', 'GET /api/error/info?level=high'],
  ['unknown', 'Fine, that is a success; log file opened, config loaded'],
  ['unknown', 'terror: a novel'],
  ['unknown', '<999>no syslog'],
  ['unknown', ''],
  ['unknown', 'ab'],
]

describe('findLevel()', () => {
  for (const [level, line] of lines)
    test(`${level}: ${line.slice(0, 70)}`, () => {
      const bytes = Buffer.from(`ERROR ${line}ERROR `)
      const place = findLevel(bytes, 6, bytes.length - 6)
      assert.equal(logLevels[place], level)
    })

  test('looks at the first bytes of a line only', () => {
    const bytes = Buffer.from(`${'x '.repeat(100)}[error] no`)
    assert.equal(findLevel(bytes, 0, bytes.length), 0)
  })
})
