import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { watchGauges } from '../../gateway/metrics/watch-gauges.js';
import { registerWatchMetrics } from '../../gateway/metrics/watch-metrics.js';
import { packageRoot } from '../../stack/package-root.js';
import { deployed, describePrometheus, run } from './prometheus-tools.js';

const rulesSchema = z.object({
  groups: z.array(z.object({ rules: z.array(z.object({ alert: z.string(), expr: z.string() })) })),
});
const dashboardSchema = z.object({
  panels: z.array(
    z.object({
      title: z.string(),
      gridPos: z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() }),
      targets: z.array(z.object({ expr: z.string() })).default([]),
    }),
  ),
});

const rules = rulesSchema.parse(parse(await readFile(join(deployed, 'ratchet-alerts.yml'), 'utf8')));
const dashboard = dashboardSchema.parse(
  JSON.parse(await readFile(join(deployed, 'grafana-dashboard.json'), 'utf8')),
);
const ruleExpressions = rules.groups.flatMap((group) => group.rules.map(({ expr }) => expr));
const panelExpressions = dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));

/** Where processes name the series that rules and panels ask for. */
const sources = [
  'gateway/metrics/part-metrics.ts',
  'gateway/http/count-requests.ts',
  'serving/metrics/request-metrics.ts',
  'serving/metrics/record-metrics.ts',
  'serving/metrics/serving-info.ts',
  'serving/supervisor/supervisor-metrics.ts',
];

async function knownNames(): Promise<ReadonlySet<string>> {
  const texts = await Promise.all(sources.map((file) => readFile(join(packageRoot(), file), 'utf8')));
  const named = texts.flatMap((text) => text.match(/(?<=')(ratchet|rest)_[a-z_]+(?=')/g) ?? []);
  return new Set([...named, ...watchGauges.map(({ name }) => name), 'ratchet_watch_readable']);
}

describe('the files for Prometheus and Grafana', () => {
  it('ask for no series that no process has', async () => {
    const known = await knownNames();
    const asked = [...ruleExpressions, ...panelExpressions].flatMap(
      (text) => text.match(/\b(ratchet|rest)_[a-z_]+(?=[{[)\s,]|$)/g) ?? [],
    );
    const unknown = asked.filter(
      (name) => !known.has(name.replace(/_bucket$/, '')) && name !== 'ratchet_action',
    );
    expect(asked.length).toBeGreaterThan(40);
    expect(unknown).toEqual([]);
  });

  it('show everything that the watch tells', async () => {
    const registry = new Registry();
    registerWatchMetrics(registry, { standings: async () => [] });
    const told = registry.getMetricsAsArray().map(({ name }) => name);
    const shown = [...panelExpressions, ...ruleExpressions].join('\n');
    const hidden = told.filter((name) => !shown.includes(name));
    expect(hidden).toEqual(['ratchet_watch_window_end_seconds']);
  });

  it('put no panel on top of another', () => {
    const cells = dashboard.panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, at) => `${x + (at % w)},${y + Math.floor(at / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
  });
});

describePrometheus('Prometheus and Alertmanager themselves', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ratchet-rules-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const written = async (name: string, content: object) => {
    const path = join(folder, name);
    await writeFile(path, stringify(content));
    return path;
  };

  it('take the configurations and the rules as they are', async () => {
    await run('promtool', ['check', 'config', join(deployed, 'prometheus.yml')]);
    await run('promtool', ['check', 'rules', join(deployed, 'ratchet-alerts.yml')]);
    await run('amtool', ['check-config', join(deployed, 'alertmanager.yml')]);
  });

  it('can read every panel of the dashboard', async () => {
    const plain = (text: string) =>
      text.replaceAll('$__rate_interval', '1m').replaceAll(/\$(project|endpoint)/g, 'x');
    const asRules = panelExpressions.map((expr, at) => ({ record: `panel:${at}`, expr: plain(expr) }));
    const path = await written('panels.yml', { groups: [{ name: 'panels', rules: asRules }] });
    await run('promtool', ['check', 'rules', path]);
  });

  it('go off for what they are about, and for nothing else', async () => {
    const of = 'project="p",endpoint="web"';
    const steady = (series: string, value: number) => ({ series, values: `${value}x30` });
    const went = (alert: string, labels: Record<string, string>) => ({
      ...{ eval_time: '20m', alertname: alert },
      exp_alerts: [{ exp_labels: labels, exp_annotations: {} }],
    });
    const text = await readFile(join(deployed, 'ratchet-alerts.yml'), 'utf8');
    const rulesFile = await written('rules.yml', withoutAnnotations(parse(text)));
    const test = await written('test.yml', {
      rule_files: [rulesFile],
      tests: [
        {
          interval: '1m',
          input_series: [
            steady(`ratchet_watch_metric{${of},metric="skill"}`, -0.1),
            steady('ratchet_watch_metric{project="p",endpoint="well",metric="skill"}', 0.1),
            steady(`ratchet_watch_open_incidents{${of},kind="data-skew"}`, 1),
            steady(`ratchet_watch_open_incidents{${of},kind="covariate-drift"}`, 1),
            steady(`ratchet_endpoint_replicas{${of},state="starting"}`, 2),
            steady('ratchet_endpoint_replicas{project="p",endpoint="well",state="ready"}', 1),
            steady('ratchet_endpoint_replicas{project="p",endpoint="well",state="starting"}', 1),
            steady('ratchet_part_up{part="temporal"}', 0),
            steady('ratchet_part_up{part="postgres"}', 1),
          ],
          alert_rule_test: [
            went('QualityLost', {
              ...{ severity: 'ticket', ratchet_action: 'retrain' },
              ...{ project: 'p', endpoint: 'web', metric: 'skill' },
            }),
            went('IncidentOpen', {
              ...{ severity: 'ticket', project: 'p', endpoint: 'web', kind: 'data-skew' },
            }),
            went('NoReplicaReady', { severity: 'page', project: 'p', endpoint: 'web' }),
            went('PartAway', { severity: 'page', part: 'temporal' }),
          ],
        },
      ],
    });
    await run('promtool', ['test', 'rules', test]);
  });
});

/** Their words are not what is tested. */
function withoutAnnotations(file: unknown): object {
  return JSON.parse(JSON.stringify(file, (key, value) => (key === 'annotations' ? undefined : value)));
}
