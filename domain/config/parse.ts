import type { LineCounter } from 'yaml';
import type { z } from 'zod';
import {
  type ConfigFinding,
  type ConfigProblem,
  configInvalid,
  pathText,
  problemsTold,
} from './config-problem.js';
import { issueFindings } from './issue-findings.js';
import { pathOffset } from './path-offset.js';
import { readYaml } from './yaml-text.js';

/**
 * Reads a configuration file. `check` looks at what the schema cannot say, and only at a value of the right shape.
 * Error: `CONFIG_INVALID`, with file, line and column of everything that is wrong, what came and what is allowed.
 */
export function parseConfig<T>(
  schema: z.ZodType<T>,
  text: string,
  file: string,
  check: (value: T) => readonly ConfigFinding[] = () => [],
): T {
  const { document, lines, problems } = readYaml(text);
  if (document === undefined || problems.length > 0) {
    throw configInvalid(
      problems.map(({ offset, came, allowed }) => ({
        ...placeOf(file, lines, offset),
        path: '',
        came,
        allowed,
      })),
    );
  }
  const raw: unknown = document.toJS({ maxAliasCount: 0 });
  const parsed = schema.safeParse(raw);
  const findings = parsed.success ? check(parsed.data) : issueFindings(schema, raw, parsed.error.issues);
  if (parsed.success && findings.length === 0) return parsed.data;
  throw configInvalid(located(file, lines, document.contents, findings), findings.length);
}

/**
 * Refuses a file that parsed well and does not fit to others. Does nothing where there is no finding.
 * Error: `CONFIG_INVALID`, as `parseConfig` gives it.
 */
export function refuseFindings(text: string, file: string, findings: readonly ConfigFinding[]): void {
  if (findings.length === 0) return;
  const { document, lines } = readYaml(text);
  throw configInvalid(located(file, lines, document?.contents, findings), findings.length);
}

function located(
  file: string,
  lines: LineCounter,
  contents: unknown,
  findings: readonly ConfigFinding[],
): ConfigProblem[] {
  return findings
    .slice(0, problemsTold)
    .map(({ path, came, allowed, at }) => ({
      ...placeOf(file, lines, pathOffset(contents, path, at ?? 'value')),
      path: pathText(path),
      came,
      allowed,
    }))
    .sort((a, b) => a.line - b.line || a.column - b.column);
}

function placeOf(file: string, lines: LineCounter, offset: number) {
  const { line, col } = lines.linePos(offset);
  return { file, line: Math.max(1, line), column: Math.max(1, col) };
}
