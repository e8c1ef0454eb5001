import { Counter, Gauge, type Registry } from 'prom-client';
import type { RecordingNumbers } from '../record/open-recording.js';

const counters: readonly (readonly [string, string, (of: RecordingNumbers) => number])[] = [
  ['ratchet_record_spooled_total', 'Records that were written to the spool.', (n) => n.spooled],
  ['ratchet_record_dropped_total', 'Answers that went out without being recorded.', (n) => n.dropped],
  [
    'ratchet_record_refused_total',
    'Requests that were not answered for want of room to record.',
    (n) => n.refused,
  ],
  [
    'ratchet_record_unsampled_total',
    'Predictions that are not among the share that is recorded.',
    (n) => n.unsampled,
  ],
  [
    'ratchet_record_delivered_total',
    'Rows of predictions that the database was given and has.',
    (n) => n.delivered,
  ],
  ['ratchet_record_duplicates_total', 'Those of them that it had before.', (n) => n.duplicates],
  ['ratchet_record_set_aside_total', 'Records that can never be stored.', (n) => n.setAside],
  ['ratchet_feedback_delivered_total', 'Rows of feedback that were stored.', (n) => n.feedback.stored],
  [
    'ratchet_feedback_duplicates_total',
    'Rows of feedback that were there before.',
    (n) => n.feedback.duplicate,
  ],
  [
    'ratchet_feedback_unknown_total',
    'Rows of feedback that wait for their prediction.',
    (n) => n.feedback.unknown,
  ],
];

const gauges: typeof counters = [
  ['ratchet_record_spool_records', 'Records that wait to be delivered.', (n) => n.records],
  ['ratchet_record_spool_bytes', 'Bytes of the spool, with what was set aside.', (n) => n.bytes],
  [
    'ratchet_record_oldest_age_seconds',
    'Age of the oldest record that waits, 0 where none does.',
    ({ oldestAtMs }) => (oldestAtMs === null ? 0 : Math.max(0, Date.now() - oldestAtMs) / 1000),
  ],
  [
    'ratchet_record_torn_bytes',
    'Bytes that an earlier server was writing when it died, cut off at the start.',
    (n) => n.tornBytes,
  ],
];

/** Series of the record, read whenever somebody asks. */
export function recordMetrics(registry: Registry, numbers: () => RecordingNumbers): void {
  const registers = [registry];
  for (const [name, help, value] of counters) {
    new Counter({
      name,
      help,
      registers,
      collect() {
        this.reset();
        this.inc(value(numbers()));
      },
    });
  }
  for (const [name, help, value] of gauges) {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(value(numbers()));
      },
    });
  }
}
