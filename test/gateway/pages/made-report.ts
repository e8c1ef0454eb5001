import { incidentCourses } from '../../../domain/monitoring/incident-kinds.js';
import type { JudgedWindow } from '../../../domain/ports/watches.js';
import { seededRandom } from '../../../domain/stats/seeded-random.js';
import type { MonitoringReport } from '../../../gateway/pages/monitoring-report.js';

const blob = { uri: `s3://ratchet/blobs/${'a'.repeat(64)}`, sha256: 'a'.repeat(64), bytes: 10 };
export const week = (at: number) => new Date(Date.UTC(2013, 3, 2 + 7 * at)).toISOString();

/** Two hours, of which the second took longer and was asked of in vain twice. */
export const madeHours: MonitoringReport['hours'] = [
  {
    ...{ from: '2013-07-01T10:00:00.000Z', to: '2013-07-01T11:00:00.000Z', modelVersion: 2 },
    ...{ answered: 1200, refused: 3, failed: 0, p50Ms: 1.2, p99Ms: 8 },
  },
  {
    ...{ from: '2013-07-01T12:00:00.000Z', to: '2013-07-01T13:00:00.000Z', modelVersion: 2 },
    ...{ answered: 900, refused: 0, failed: 2, p50Ms: 4, p99Ms: 95 },
  },
];

/** Weeks of an endpoint whose temperature moved from the sixth on, and whose answers suffered from the eighth. */
export function madeReport(weeks = 13, columns = ['temp', 'distance', 'carrier']): MonitoringReport {
  const random = seededRandom(4);
  const noise = (size: number) => (random() - 0.5) * size;
  const windows = Array.from({ length: weeks }, (_, at) => at);
  const facts = (at: number) => ({
    ...{ project: 'flights', endpoint: 'web', from: week(at), to: week(at + 1), model: 'late-arrival' },
    ...{ modelVersion: at < 10 ? 1 : 2, evidence: blob, judgedAt: week(at + 1) },
  });
  const inputs = windows.map((at): JudgedWindow => {
    const moved = at >= 6 && at < 10;
    const distances = columns.flatMap((column, index) => {
      const distance = 0.06 + noise(0.04) + (index === 0 && moved ? 0.2 : 0);
      return [[`column:${column}`, distance] as const, [`limit:column:${column}`, 0.12] as const];
    });
    const verdicts = columns.map((column, index) => [
      `column:${column}`,
      index === 0 && moved ? 'fail' : 'pass',
    ]);
    const scores = { 'score:mean': 0.25 + noise(0.05), 'score:p10': 0.08, 'score:p90': 0.6 + noise(0.05) };
    const predictions = { predictions: 0.05 + noise(0.02), 'limit:predictions': 0.1 };
    return {
      ...facts(at),
      ...{ line: 'inputs', rows: 5600, verdict: moved ? 'fail' : 'pass' },
      verdicts: { ...Object.fromEntries(verdicts), predictions: 'pass' },
      numbers: {
        ...Object.fromEntries(distances),
        ...{
          multivariate: 0.55 + noise(0.04),
          outliers: 0.02 + noise(0.01),
          ...scores,
          ...predictions,
          'traffic:rows': Math.round(5600 + noise(900)),
        },
      },
    };
  });
  const truth = windows.slice(0, -1).map((at): JudgedWindow => {
    const loss = 0.55 + noise(0.03) + (at >= 8 && at < 10 ? 0.12 : 0);
    const quality = { logLoss: loss, 'low:logLoss': loss - 0.02, 'high:logLoss': loss + 0.02 };
    const shares = { rate: 0.24 + noise(0.04), meanScore: 0.25, labelled: 5000 - 300 * (at % 3) };
    return {
      ...facts(at),
      ...{ line: 'truth', rows: 5600, verdict: at >= 8 && at < 10 ? 'fail' : 'pass' },
      verdicts: { 'condition:no-skill': at >= 8 && at < 10 ? 'fail' : 'pass' },
      numbers: {
        ...{ ...quality, ...shares, skill: 0.1 - (at >= 8 && at < 10 ? 0.15 : 0) },
        ...{ 'delay:p50': 3600 * (5 + noise(2)), 'delay:p90': 3600 * (20 + noise(4)) },
      },
    };
  });
  const bins = Array.from({ length: 20 }, (_, at) => Math.exp(-at / 6));
  const total = bins.reduce((sum, share) => sum + share, 0);
  return {
    ...{ endpoint: 'flights/web', madeAt: '2013-07-01T06:00:00.000Z', inputs, truth },
    progress: { oldestEventAt: week(0), newestEventAt: week(weeks), lastCameAt: week(weeks) },
    scores: {
      edges: Array.from({ length: 21 }, (_, at) => at / 20),
      window: bins.map((share) => share / total),
      reference: bins.map((share, at) => (share + (at > 10 ? 0.05 : 0)) / (total + 0.45)),
      ...{ mean: 0.25, p10: 0.08, p50: 0.2, p90: 0.6 },
    },
    value: null,
    hours: madeHours,
    incidents: [
      {
        ...{ id: 'inc-0123456789abcdef0123', project: 'flights', endpoint: 'web', model: 'late-arrival' },
        ...{ modelVersion: 1, cause: 'model', kind: 'harmful-drift', openedAt: week(9), quietWindows: 2 },
        sights: [
          {
            ...{ window: { from: week(8), to: week(9) }, kind: 'harmful-drift', columns: ['temp'] },
            because: `${incidentCourses['harmful-drift'].words}; moved: temp; lost: no-skill`,
          },
        ],
        ...{ asksForRun: true, course: 'it hurts', acknowledgedBy: 'ann', closedAt: week(12) },
        ...{ closedBy: null, closedBecause: '2 windows without it' },
        run: '0b5210ab-0000-4000-8000-000000000001',
      },
    ],
  };
}
