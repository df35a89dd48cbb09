/** `GET /api/health`: answered to anyone, with status 503 and the reason where the server is not well. */
export interface Health {
  readonly status: 'ok'
  /** Of the server's program. */
  readonly version: string
  readonly uptimeSeconds: number
}
