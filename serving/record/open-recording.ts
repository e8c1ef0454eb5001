import type { Logger } from 'pino';
import { messageOf } from '../../domain/errors/ratchet-error.js';
import { Delivery, type DeliveryCounts } from './delivery.js';
import { createMinuteMeter, type MeterParts } from './minute-meter.js';
import { type RecordCounts, Recorder, type WhenFull } from './recorder.js';
import { Spool } from './spool.js';
import type { TrafficMeter } from './traffic-tallies.js';

export interface RecordingOptions {
  /** `project/endpoint` that a model is served for; null where it is none. */
  readonly endpointOf: MeterParts['endpointOf'];
  readonly folder: string;
  readonly mostBytes: number;
  readonly whenFull: WhenFull;
  /** Postgres as `ratchet_serving`. */
  readonly databaseUrl: string;
  /** Share of the predictions that is recorded; 1 where absent. */
  readonly sample?: number;
  /** How long delivery must have kept up until it stands behind requests again; five minutes where absent. */
  readonly calmMs?: number;
}

export interface RecordingNumbers extends RecordCounts, DeliveryCounts {
  /** What waits. */
  readonly records: number;
  readonly bytes: number;
  /** Since when the oldest of what waits does; null where nothing does. */
  readonly oldestAtMs: number | null;
  /** Of blocks that an earlier server was writing when it died. */
  readonly tornBytes: number;
}

/** What was answered, on its way to the database. */
export interface Recording {
  readonly recorder: Recorder;
  /** Counts what becomes of requests, beside what is answered. */
  readonly meter: TrafficMeter;
  numbers(): RecordingNumbers;
  /** Delivers what it can in a little time, and leaves the rest on the disk. Nothing may be recorded after. */
  close(): Promise<void>;
}

/** Large enough that a file is rare, small enough that one is read at once. */
const mostSegmentBytes = 4 * 1024 ** 2;
const segmentMs = 1000;
/** After the requests have ended. The process is given five seconds then. */
const drainMs = 2500;

/** Error: `SETTING_INVALID` where another server has the folder. */
export function openRecording(options: RecordingOptions, log: Logger): Recording {
  const { folder, mostBytes, whenFull, databaseUrl, sample, calmMs } = options;
  const onTrouble = (error: unknown) =>
    log.error({ reason: messageOf(error) }, 'the spool cannot be written');
  const spool: Spool = new Spool({
    folder,
    mostBytes,
    segmentBytes: Math.min(mostSegmentBytes, mostBytes / 4),
    segmentMs,
    onDue: () => recorder.roll(),
    onClosed: (segment) => delivery.take(segment),
    onTrouble,
  });
  if (spool.tornBytes > 0) log.warn({ bytes: spool.tornBytes }, 'what was being written was cut off');
  const recorder = new Recorder(spool, whenFull, onTrouble, sample);
  const delivery = new Delivery(
    { folder, databaseUrl },
    {
      backlog: () => spool.backlog(),
      undelivered: () => spool.undelivered(),
      onDelivered: ({ name, setAside, asideBytes }) => {
        spool.removed(name, asideBytes);
        if (setAside > 0) log.warn({ segment: name, records: setAside }, 'records can never be stored');
      },
      onWaits: (reason) => log.warn({ reason }, 'predictions wait on the disk'),
      onFlows: () => log.info('predictions are delivered again'),
      onPace: (pace) => log.info({ pace }, 'delivery stands otherwise to requests'),
    },
    calmMs,
  );
  const meter = createMinuteMeter({
    endpointOf: options.endpointOf,
    keep: (minutes) => recorder.recordMinutes(JSON.stringify(minutes)),
    onLost: (minutes) => log.warn({ minutes }, 'there was no room to keep what was counted'),
  });
  return {
    recorder,
    meter: meter.counts,
    numbers: () => ({
      ...recorder.counts(),
      ...delivery.counts(),
      records: spool.records,
      bytes: spool.bytes,
      oldestAtMs: spool.oldestAtMs(),
      tornBytes: spool.tornBytes,
    }),
    close: async () => {
      await meter.close();
      recorder.roll();
      await spool.flushed();
      await delivery.drained(drainMs);
      await delivery.close();
      spool.close();
    },
  };
}
