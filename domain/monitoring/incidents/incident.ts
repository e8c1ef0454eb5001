import type { IncidentKind } from '../incident-kinds.js';
import type { MonitorWindow } from '../window.js';

/** What was seen in one window that belongs to an incident. */
export interface IncidentSight {
  readonly window: MonitorWindow;
  readonly kind: IncidentKind;
  /** The rule in words, and what it saw. */
  readonly because: string;
  /** Columns that it is about; empty where it is about the answers. */
  readonly columns: readonly string[];
}

/** One cause for as long as it is seen, however many windows see it. */
export interface Incident {
  /** Names the cause within an endpoint: what is seen under it again is the same one. */
  readonly cause: string;
  /** The kind it has come to: drift without harm may turn harmful. */
  readonly kind: IncidentKind;
  readonly openedAt: string;
  readonly sights: readonly IncidentSight[];
  /** Judged windows in a row that saw nothing of it. */
  readonly quietWindows: number;
}

/** What a window says of one cause. `inconclusive` is neither a sight nor quiet; what is `over` needs no quiet windows. */
export type CauseObservation =
  | { readonly cause: string; readonly kind: 'seen'; readonly sight: IncidentSight }
  | { readonly cause: string; readonly kind: 'quiet' | 'inconclusive' }
  | { readonly cause: string; readonly kind: 'over'; readonly because: string };
