import { durationSeconds } from '../features/duration.js';
import { parseCron } from '../triggers/cron.js';
import { timeZoneProblem } from '../triggers/local-time.js';
import { literalFolder } from '../triggers/path-match.js';
import type { ConfigFinding, ConfigPath } from './config-problem.js';
import { longDurations } from './longest-durations.js';
import type { ModelConfig } from './model.js';
import type { NewDataConfig, ScheduleConfig, TriggersConfig } from './triggers.js';
import { choiceText } from './value-text.js';

/** What the shape of `triggers` cannot say by itself. Filters are looked at where the CEL library is. */
export function checkTriggers({ triggers, training }: ModelConfig): ConfigFinding[] {
  const variants = Object.keys(training.variants);
  return [
    ...checkPush(triggers),
    ...Object.entries(triggers.schedules).flatMap(([name, schedule]) =>
      checkSchedule(['triggers', 'schedules', name], schedule, variants),
    ),
    ...Object.entries(triggers.newData).flatMap(([name, newData]) =>
      checkNewData(['triggers', 'newData', name], newData),
    ),
    ...checkHandling(triggers),
  ];
}

/** Patterns that may meet any file are held against every file of a push. */
const mostAnywhere = 20;

function checkPush({ push }: TriggersConfig): ConfigFinding[] {
  if (push === false) return [];
  const anywhere = push.paths.filter(
    (pattern) => pattern.includes('*') && literalFolder(pattern) === '',
  ).length;
  if (anywhere <= mostAnywhere) return [];
  const came = `${anywhere} patterns that begin with a wildcard`;
  return [{ path: ['triggers', 'push', 'paths'], came, allowed: `at most ${mostAnywhere}, and folders` }];
}

function checkHandling({ handling }: TriggersConfig): ConfigFinding[] {
  const path = (key: keyof typeof handling) => ['triggers', 'handling', key];
  return longDurations([
    [path('debounce'), handling.debounce, '1 day'],
    [path('coolDown'), handling.coolDown, '90 days'],
    [path('veto'), handling.veto, '7 days'],
  ]);
}

function checkSchedule(
  path: ConfigPath,
  schedule: ScheduleConfig,
  variants: readonly string[],
): ConfigFinding[] {
  const { every, jitter, variant } = schedule;
  const findings = [
    ...checkWhen(path, schedule),
    ...longDurations([
      [[...path, 'every'], every, '366 days'],
      [[...path, 'catchUp'], schedule.catchUp, '30 days'],
      [[...path, 'jitter'], jitter, '1 day'],
    ]),
  ];
  if (every !== undefined && jitter !== undefined && durationSeconds(jitter) >= durationSeconds(every))
    findings.push({ path: [...path, 'jitter'], came: jitter, allowed: `less than "every", ${every}` });
  if (variant !== undefined && !variants.includes(variant)) {
    const allowed = variants.length === 0 ? 'no variant: training.variants has none' : choiceText(variants);
    findings.push({ path: [...path, 'variant'], came: `${variant}, which is not there`, allowed });
  }
  return findings;
}

function checkWhen(path: ConfigPath, { cron, every, timeZone }: ScheduleConfig): ConfigFinding[] {
  const findings: ConfigFinding[] = [];
  if (cron === undefined && every === undefined)
    findings.push({ path, came: 'without "cron" and "every"', allowed: 'one of both' });
  if (cron !== undefined && every !== undefined)
    findings.push({
      path: [...path, 'every'],
      came: 'given beside "cron"',
      allowed: 'one of both',
      at: 'key',
    });
  if (every !== undefined && cron === undefined && timeZone !== 'UTC')
    findings.push({
      path: [...path, 'timeZone'],
      came: 'given beside "every"',
      allowed: 'this key only beside "cron": intervals are counted in UTC',
      at: 'key',
    });
  const parsed = cron === undefined ? undefined : parseCron(cron);
  if (parsed?.kind === 'refused')
    findings.push({ path: [...path, 'cron'], came: parsed.came, allowed: parsed.allowed });
  const problem = cron === undefined ? undefined : timeZoneProblem(timeZone);
  if (problem !== undefined) {
    const hint = problem.meant === undefined ? '' : ` (did you mean "${problem.meant}"?)`;
    const allowed = `the name of a time zone, such as UTC or Europe/Amsterdam${hint}`;
    findings.push({ path: [...path, 'timeZone'], came: JSON.stringify(timeZone), allowed });
  }
  return findings;
}

function checkNewData(path: ConfigPath, newData: NewDataConfig): ConfigFinding[] {
  const { query, prefix } = newData;
  const findings = longDurations([
    [[...path, 'every'], newData.every, '31 days'],
    [[...path, 'quiet'], newData.quiet, '7 days'],
    [[...path, 'lateness'], newData.lateness, '90 days'],
  ]);
  if (query === undefined && prefix === undefined)
    findings.push({ path, came: 'without "query" and "prefix"', allowed: 'one of both' });
  if (query !== undefined && prefix !== undefined)
    findings.push({
      path: [...path, 'prefix'],
      came: 'given beside "query"',
      allowed: 'one of both',
      at: 'key',
    });
  if (query !== undefined && !/\$1(?!\d)/.test(query)) {
    const allowed = 'a select of rows after $1, the watermark before';
    findings.push({ path: [...path, 'query'], came: 'a query without $1', allowed });
  }
  return findings;
}
