import { incidentKinds } from '../../domain/monitoring/incident-kinds.js';
import type { JudgedWindow, WatchStanding } from '../../domain/ports/watches.js';
import { verdicts } from '../../domain/verdict.js';

interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Series of one name, read from what is known of an endpoint. */
export interface WatchGauge {
  readonly name: string;
  readonly help: string;
  /** Beside `project` and `endpoint`. */
  readonly labels: readonly string[];
  readonly samples: (standing: WatchStanding, nowMs: number) => readonly Sample[];
}

const one = (value: number | undefined): readonly Sample[] =>
  value === undefined ? [] : [{ labels: {}, value }];

const newestOf = (line: JudgedWindow['line'], { newest }: WatchStanding) =>
  newest.find((window) => window.line === line);
const numberOf = (line: JudgedWindow['line'], name: string) => (standing: WatchStanding) =>
  one(newestOf(line, standing)?.numbers[name]);

/** Numbers whose names begin so, by what follows. */
function named(line: JudgedWindow['line'], prefix: string, label: string): WatchGauge['samples'] {
  return (standing) =>
    Object.entries(newestOf(line, standing)?.numbers ?? {})
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, value]) => ({ labels: { [label]: name.slice(prefix.length) }, value }));
}

function ofLines(value: (window: JudgedWindow, nowMs: number) => number): WatchGauge['samples'] {
  return ({ newest }, nowMs) =>
    newest.map((window) => ({ labels: { line: window.line }, value: value(window, nowMs) }));
}

const secondsOf = (instant: string) => Date.parse(instant) / 1000;

export const watchGauges: readonly WatchGauge[] = [
  {
    name: 'ratchet_watch_window_rows',
    help: 'Rows that were answered in the newest judged window.',
    labels: ['line'],
    samples: ofLines(({ rows, numbers }) => numbers['traffic:rows'] ?? rows),
  },
  {
    name: 'ratchet_watch_window_verdict',
    help: 'Verdict of the newest judged window: 1 for the one that it is, 0 for the others.',
    labels: ['line', 'verdict'],
    samples: ({ newest }) =>
      newest.flatMap(({ line, verdict }) =>
        verdicts.map((of) => ({ labels: { line, verdict: of }, value: Number(of === verdict) })),
      ),
  },
  {
    name: 'ratchet_watch_window_end_seconds',
    help: 'End of the newest judged window in event time, as seconds since 1970.',
    labels: ['line'],
    samples: ofLines(({ to }) => secondsOf(to)),
  },
  {
    name: 'ratchet_watch_judged_age_seconds',
    help: 'How long ago the newest judged window was judged.',
    labels: ['line'],
    samples: ofLines(({ judgedAt }, nowMs) => Math.max(0, nowMs / 1000 - secondsOf(judgedAt))),
  },
  {
    name: 'ratchet_watch_drift_distance',
    help: 'Distance of an input from its reference, in the newest judged window.',
    labels: ['column'],
    samples: named('inputs', 'column:', 'column'),
  },
  {
    name: 'ratchet_watch_drift_limit',
    help: 'Beyond which distance an input has moved.',
    labels: ['column'],
    samples: named('inputs', 'limit:column:', 'column'),
  },
  {
    name: 'ratchet_watch_prediction_distance',
    help: 'Distance of the predictions from those of the reference.',
    labels: [],
    samples: numberOf('inputs', 'predictions'),
  },
  {
    name: 'ratchet_watch_prediction_limit',
    help: 'Beyond which distance the predictions have moved.',
    labels: [],
    samples: numberOf('inputs', 'limit:predictions'),
  },
  {
    name: 'ratchet_watch_inputs_auroc',
    help: 'How well rows of the newest judged window and of the reference are told apart by all inputs together: 0.5 not at all, 1 wholly.',
    labels: [],
    samples: numberOf('inputs', 'multivariate'),
  },
  {
    name: 'ratchet_watch_inputs_discrepancy',
    help: 'Squared maximum mean discrepancy of all inputs of the newest judged window from the reference, about 0 where nothing moved.',
    labels: [],
    samples: numberOf('inputs', 'discrepancy'),
  },
  {
    name: 'ratchet_watch_outlier_share',
    help: 'Share of the rows of the newest judged window that lie alone, 0 to 1.',
    labels: [],
    samples: numberOf('inputs', 'outliers'),
  },
  {
    name: 'ratchet_watch_prediction_score',
    help: 'Scores of the newest judged window.',
    labels: ['statistic'],
    samples: named('inputs', 'score:', 'statistic'),
  },
  {
    name: 'ratchet_watch_metric',
    help: 'A metric by what turned out to be true, in the newest judged window of truth.',
    labels: ['metric'],
    samples: (standing) =>
      Object.entries(newestOf('truth', standing)?.numbers ?? {})
        .filter(([name]) => !name.includes(':') && name !== 'labelled')
        .map(([metric, value]) => ({ labels: { metric }, value })),
  },
  {
    name: 'ratchet_watch_label_coverage',
    help: 'Share of the rows of the newest judged window of truth whose truth is known, 0 to 1.',
    labels: [],
    samples: (standing) => {
      const { rows = 0, numbers } = newestOf('truth', standing) ?? {};
      return one(rows === 0 || numbers === undefined ? undefined : (numbers['labelled'] ?? 0) / rows);
    },
  },
  {
    name: 'ratchet_watch_label_delay_seconds',
    help: 'How long after the event its truth was known.',
    labels: ['quantile'],
    samples: (standing) =>
      (['p50', 'p90'] as const).flatMap((name) =>
        numberOf(
          'truth',
          `delay:${name}`,
        )(standing).map(({ value }) => ({
          labels: { quantile: `0.${name.slice(1, 2)}` },
          value,
        })),
      ),
  },
  {
    name: 'ratchet_watch_open_incidents',
    help: 'Open incidents.',
    labels: ['kind'],
    samples: ({ openIncidents }) =>
      incidentKinds.map((kind) => ({ labels: { kind }, value: openIncidents[kind] ?? 0 })),
  },
];
