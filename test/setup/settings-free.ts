/** An environment without settings of Ratchet, so that a developer's own do not reach a test. */
export function withoutSettings(env: NodeJS.ProcessEnv): Record<string, string> {
  const rows = Object.entries(env).flatMap(([name, value]) =>
    value === undefined || /^(RATCHET|TEMPORAL|DATABASE|AWS|PG)/.test(name) ? [] : [[name, value] as const],
  );
  return Object.fromEntries(rows);
}
