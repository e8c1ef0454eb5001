import { describe, expect, it } from 'vitest';
import { type MonitoringReport, monitoringReportPage } from '../../../gateway/pages/monitoring-report.js';
import { readMarkup } from '../../charts/markup.js';
import { madeReport, week } from './made-report.js';

const hostile = `</td></table><script>alert(1)</script><img src=x onerror="alert(2)">&\u202e`;
const empty = { inputs: [], truth: [], incidents: [], scores: null, progress: null, hours: [] };

describe('the page of a monitoring report', () => {
  it('draws traffic, quality, coverage, answers and each input, and tells the numbers of each', () => {
    const { html, charts } = monitoringReportPage(madeReport());
    expect(charts.map(({ name }) => name)).toEqual([
      ...[
        'traffic',
        'requests',
        'times',
        'quality-logLoss',
        'quality-skill',
        'quality-rate',
        'label-coverage',
        'label-delay',
      ],
      ...['score-shares', 'scores', 'multivariate', 'outliers', 'drift-0', 'drift-1', 'drift-2', 'drift-3'],
    ]);
    for (const { svg, table } of charts) {
      expect(html).toContain(svg);
      expect(html).toContain(table);
      readMarkup(svg);
      readMarkup(table);
    }
    const { texts } = readMarkup(charts.find(({ name }) => name === 'quality-logLoss')?.table ?? '');
    expect(texts.some((text) => /^0\.\d+ \(0\.\d+ to 0\.\d+\)$/.test(text))).toBe(true);
  });

  it('puts the input first that was furthest beyond its limit, and marks the windows in which it moved', () => {
    const { html, charts } = monitoringReportPage(madeReport());
    const moved = charts.find(({ name }) => name === 'drift-1');
    expect(moved?.svg).toContain('>temp<');
    expect(moved?.svg.match(/fill="none" stroke="#d55e00"/g)).toHaveLength(4);
    expect(html).toMatch(
      /<th scope="row">temp<\/th><td>0\.\d+<\/td><td>0\.120<\/td><td>pass<\/td><td>4<\/td>/,
    );
  });

  it('holds what rows were worth against a constant answer and its cost, where that is declared', () => {
    const report = madeReport();
    const amount = { sum: 1200, perRow: 0.24, low: 0.2, high: 0.28 };
    const value: MonitoringReport['value'] = {
      ...{ unit: 'EUR', from: week(0), to: week(12), windows: { counted: 12, leftOut: 1 } },
      ...{ rows: { answered: 60_000, valued: 5000 }, value: amount, gain: { ...amount, sum: 200 } },
      ...{ baseline: { sum: 1000, perRow: 0.2 }, training: { runs: 2, minutes: 10, cost: 5 } },
      ...{ serving: null, cost: null, net: null },
    };
    const truth = report.truth.map((window) => ({
      ...window,
      numbers: {
        ...window.numbers,
        'value:perRow': 0.24,
        'low:value:perRow': 0.2,
        'high:value:perRow': 0.28,
      },
    }));
    const { html, charts } = monitoringReportPage({ ...report, truth, value });
    const chart = charts.find(({ name }) => name === 'value');
    readMarkup(chart?.svg ?? '');
    expect(readMarkup(chart?.table ?? '').texts).toContain('0.240 (0.200 to 0.280)');
    expect(html).toContain('5000 rows with a truth of 60000 (8.3 %)');
    expect(html).toContain('1200.00 EUR, 0.24 a row (95 %: 0.20 to 0.28)');
    expect(html).toContain('<td>not told: rows were answered, and nothing was there by the clock');
    expect(html).not.toMatch(/NaN|undefined|Infinity/);
    expect(monitoringReportPage(report).html).not.toContain('Value against cost');
  });

  it('tells of each hour what became of requests, and how long answers took', () => {
    const { charts } = monitoringReportPage(madeReport());
    const { texts } = readMarkup(charts.find(({ name }) => name === 'requests')?.table ?? '');
    expect(texts.slice(-5)).toEqual(['2013-07-01 12:00 to 2013-07-01 13:00', '2', '900', '0', '2']);
    expect(charts.find(({ name }) => name === 'times')?.table).toContain('<td>95</td>');
  });

  it('says where another version began to answer', () => {
    expect(monitoringReportPage(madeReport()).charts[0]?.svg).toContain('>v2<');
  });

  it('says that nothing is known where nothing is', () => {
    const { html } = monitoringReportPage({ ...madeReport(), ...empty });
    expect(html).toContain('none was judged yet');
    expect(html).toContain('No truth has come yet.');
    expect(html).toContain('Nothing was asked.');
    expect(html).toContain('There was none.');
    expect(html).not.toMatch(/NaN|undefined|Infinity/);
  });

  it('holds with one window, with windows that could not be told, and with very many inputs', () => {
    const one = madeReport(1);
    expect(monitoringReportPage(one).html).not.toMatch(/NaN|undefined/);
    const untold = one.inputs.map((window) => ({ ...window, rows: 0, numbers: {}, verdicts: {} }));
    expect(monitoringReportPage({ ...one, inputs: untold }).html).not.toMatch(/NaN|undefined/);
    const columns = Array.from({ length: 200 }, (_, at) => `column_${at}`);
    const { charts, html } = monitoringReportPage(madeReport(60, columns));
    expect(charts).toHaveLength(12 + 201);
    expect(html.length).toBeLessThan(8 * 1024 ** 2);
  });

  it('runs nothing and loads nothing, whatever columns, conditions and reasons are called', () => {
    const report = madeReport(13, [hostile]);
    const [incident] = report.incidents;
    if (incident === undefined) throw new Error('it has no incident');
    const sights = incident.sights.map((sight) => ({ ...sight, because: hostile }));
    const verdicts = { [`condition:${hostile}`]: 'fail' } as const;
    const { html } = monitoringReportPage({
      ...{ ...report, endpoint: `flights/${hostile}` },
      truth: report.truth.map((window) => ({ ...window, verdicts })),
      incidents: [{ ...incident, sights, run: hostile, closedBecause: hostile }],
    });
    const markup = html
      .replace('<!doctype html>\n', '')
      .replace(/<style>[^<]*<\/style>/, '')
      .trimEnd();
    const { elements } = readMarkup(markup);
    expect(new Set(elements)).not.toContain('script');
    expect(elements).not.toContain('img');
    expect(html).not.toMatch(/<[^>]* on\w+=/);
    expect(html).not.toContain('\u202e');
    expect(html.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:\/\/|url\(|@import/);
    expect(html).toMatch(/content="default-src &#39;none&#39;; style-src &#39;sha256-[\w+/=]+&#39;;/);
  });
});
