import type { LogsSettings } from '../../src/component/logs-settings.ts'
import { logsConfigSchema, logsLimitsSchema } from '../../src/config/schema/logs-schema.ts'
import { toLogsSettings } from '../../src/config/to-logs-settings.ts'

/** The defaults, but for the folder of a kubelet that this machine may have. */
export const logsDefaults: LogsSettings = toLogsSettings(
  {
    logs_enabled: undefined,
    logs_config: logsConfigSchema.parse({ auto_multi_line: {} }),
    container_exclude_stopped_age: 22,
    bind_host: 'localhost',
    vigie: { logs: logsLimitsSchema.parse({ pod_logs_path: '' }) },
  },
  [],
)
