import type { WatchConfig } from '../config/watch.js';
import type { IncidentKind } from '../monitoring/incident-kinds.js';
import type { Incident } from '../monitoring/incidents/incident.js';
import type { MonitorWindow } from '../monitoring/window.js';
import type { WatchLine } from '../monitoring/window-evidence.js';
import type { Verdict } from '../verdict.js';
import type { BlobRef } from './blobs.js';
import type { EndpointName } from './deployment-target.js';

/** How an endpoint is watched, as Git declares it. */
export interface WatchRecord extends EndpointName {
  readonly config: WatchConfig;
  readonly commit: string;
  readonly updatedAt: string;
}

/** One judged window of one line. There is one of its endpoint, line and beginning. */
export interface JudgedWindow extends EndpointName, MonitorWindow {
  readonly line: WatchLine;
  readonly model: string;
  /** The version that answered, and whose reference it was judged by. */
  readonly modelVersion: number;
  readonly rows: number;
  /** Of the window alone: `fail` where anything of it failed. */
  readonly verdict: Verdict;
  /** Verdicts of what was looked at, by name: columns, `skew:<column>`, conditions. */
  readonly verdicts: Readonly<Record<string, Verdict>>;
  /** Distances of columns, or metrics and how many rows had their truth, by name. */
  readonly numbers: Readonly<Record<string, number>>;
  /** A `WindowEvidence`: all that the verdict was made of. */
  readonly evidence: BlobRef;
  readonly judgedAt: string;
}

export interface IncidentRecord extends EndpointName, Incident {
  readonly id: string;
  readonly model: string;
  readonly modelVersion: number;
  /** Whether it has asked for a run; what became of that is told by the event `incident:<id>`. */
  readonly asksForRun: boolean;
  /** Why it has, or has not. */
  readonly course: string;
  readonly acknowledgedBy: string | null;
  readonly closedAt: string | null;
  /** Who closed it; null where it closed by itself. */
  readonly closedBy: string | null;
  readonly closedBecause: string | null;
}

/** Until when incidents of a kind tell nobody. */
export interface Silence extends EndpointName {
  readonly id: string;
  /** Null for every kind. */
  readonly kind: IncidentKind | null;
  readonly owner: string;
  readonly reason: string;
  readonly until: string;
}

/** What is to be seen of one endpoint at a glance. */
export interface WatchStanding extends EndpointName {
  /** The newest window of each line that has one. */
  readonly newest: readonly JudgedWindow[];
  /** How many incidents of a kind are open; kinds without one are left out. */
  readonly openIncidents: Readonly<Partial<Record<IncidentKind, number>>>;
}

export interface IncidentFilter {
  readonly projects?: readonly string[];
  readonly endpoint?: string;
  readonly isOpen?: boolean;
  /** 1 to 200, default 50. */
  readonly limit?: number;
  /** Opaque, from the page before. */
  readonly after?: string;
}

/** A reference is of a version and of the rule that froze it. */
export interface ReferenceName {
  readonly project: string;
  readonly model: string;
  readonly version: number;
  /** Digest of all that decides it beside the version. */
  readonly rule: string;
}

/** Watches, what they judged, and the incidents that came of it. */
export interface WatchStore {
  /**
   * As the ratchet.yaml of every model says, with an audit row where it changes. One of an endpoint that is gone stays as
   * it was. Error: `ENDPOINT_NOT_FOUND`.
   */
  declare(
    project: string,
    commit: string,
    watches: readonly Pick<WatchRecord, 'endpoint' | 'config'>[],
    actor: string,
  ): Promise<void>;
  /** Undefined where none was declared. */
  get(name: EndpointName): Promise<WatchRecord | undefined>;
  /** The newest window of a line; undefined before the first. */
  newest(name: EndpointName, line: WatchLine): Promise<JudgedWindow | undefined>;
  /** Of every watched endpoint that is not retired, in one look. */
  standings(): Promise<readonly WatchStanding[]>;
  /** Newest first, at most `limit`: those of one version, that begin before an instant, or at one or later, where it is given. */
  windows(
    name: EndpointName,
    line: WatchLine,
    asked: {
      readonly limit: number;
      readonly modelVersion?: number;
      readonly before?: string;
      readonly since?: string;
    },
  ): Promise<readonly JudgedWindow[]>;
  /**
   * A judged window with the incidents that it opened, changed or closed, in one transaction. False, and nothing is
   * written, where the window was judged already. Error: `CONFLICT` where one of the incidents is not open any more, or
   * another of its cause is.
   */
  keep(window: JudgedWindow, incidents: readonly IncidentRecord[]): Promise<boolean>;

  /** The reference of a version as a rule froze it; undefined where none did. */
  reference(of: ReferenceName): Promise<BlobRef | undefined>;
  /** Of two that freeze the same at once the first counts, and both get it. Error: `MODEL_NOT_FOUND`. */
  putReference(of: ReferenceName, profile: BlobRef): Promise<BlobRef>;

  /** Open ones of an endpoint, oldest first. */
  openIncidents(name: EndpointName): Promise<readonly IncidentRecord[]>;
  /** Error: `NOT_FOUND`. */
  incident(id: string): Promise<IncidentRecord>;
  /** Newest first. */
  incidents(
    filter: IncidentFilter,
  ): Promise<{ readonly incidents: readonly IncidentRecord[]; readonly next: string | null }>;
  /** With an audit row. Errors: `NOT_FOUND`, `CONFLICT` where it is closed. */
  acknowledge(id: string, by: string): Promise<IncidentRecord>;
  /** With an audit row. Errors: `NOT_FOUND`, `CONFLICT` where it is closed. */
  close(id: string, by: string, because: string): Promise<IncidentRecord>;

  /** With an audit row. Error: `ENDPOINT_NOT_FOUND`. */
  silence(silence: Omit<Silence, 'id'>): Promise<Silence>;
  /** Those that have not ended. */
  silences(name: EndpointName, now: string): Promise<readonly Silence[]>;
}

/** What was served of an endpoint, as its watch reads it: without what the platform itself asked. */
export interface ServedTraffic {
  /** How far its events have come; undefined where there is none. */
  progress(name: EndpointName): Promise<TrafficProgress | undefined>;
  /** The first event at or after an instant; undefined where there is none. */
  nextEventAt(name: EndpointName, from: string): Promise<string | undefined>;
  /** Versions that answered in a window of event time, those with the most rows first. */
  versions(name: EndpointName, window: MonitorWindow): Promise<readonly ServedShare[]>;
  /** The same, but the rows of a version are counted no further than `most`: there may be millions of them. */
  countUpTo(name: EndpointName, window: MonitorWindow, most: number): Promise<readonly CountedShare[]>;
  /**
   * Rows that a version answered in a window, in the order of their events; or where there are more than `most` about so
   * many of them, chosen by their ids.
   */
  rows(
    name: EndpointName,
    modelDigest: string,
    window: MonitorWindow,
    most: number,
  ): Promise<readonly TrafficRow[]>;
}

export interface TrafficProgress {
  readonly oldestEventAt: string;
  readonly newestEventAt: string;
  /** When, by the clock, the last of them came in. */
  readonly lastCameAt: string;
}

export interface ServedShare {
  readonly project: string | null;
  readonly model: string;
  readonly version: string;
  readonly modelDigest: string;
  readonly rows: number;
}

export interface CountedShare extends ServedShare {
  /** There are more rows than were counted. */
  readonly isMore: boolean;
}

export interface TrafficRow {
  readonly id: string;
  readonly row: number;
  readonly eventAt: string;
  /** Values by the names of tensors. */
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
  /** What each source said, in the order in which it came; empty where nothing is known. */
  readonly truths: readonly TrafficTruth[];
}

export interface TrafficTruth {
  readonly source: string;
  readonly truth: unknown;
  readonly reward: number | null;
  /** When it came here. */
  readonly receivedAt: string;
  /** How long after the event it was known: by when it came true where the source says so, else by the clock. */
  readonly delayMs: number;
}
