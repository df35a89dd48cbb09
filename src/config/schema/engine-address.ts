import { z } from 'zod'

/** The address of a container engine, as `DOCKER_HOST` gives it. */
export const engineAddress: z.ZodType<string, string> = z
  .string()
  .regex(/^(unix:\/\/\/\S+|(tcp|https?):\/\/[^\s/]+\/?|npipe:\/\/\S+)$/)
  .meta({
    allowed: 'unix:///path/to/docker.sock, tcp://host:port, http://host:port or https://host:port',
  })
