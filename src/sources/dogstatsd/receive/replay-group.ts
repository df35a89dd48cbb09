/**
 * Packets of a replayed capture name this group, and as user the process that they came from: only root, or whoever has
 * CAP_SETUID and CAP_SETGID, can name others than his own.
 * @see https://github.com/DataDog/datadog-agent, `comp/dogstatsd/replay/impl`, "GUID"
 */
export const replayGroup = 999_888_777
