import { hasSkew, type WindowVerdicts } from './evidence-of.js';
import type { MonitorWindow } from './window.js';

/** A window with its verdicts. */
export interface TimedVerdicts extends MonitorWindow {
  readonly verdicts: WindowVerdicts;
}

/** Whether a window has a part in one of inputs whose data was wrong. */
export function wrongDataIn(inputs: readonly TimedVerdicts[]): (window: MonitorWindow) => boolean {
  const wrong = inputs.filter(({ verdicts }) => hasSkew(verdicts));
  return (window) => wrong.some(({ from, to }) => from < window.to && to > window.from);
}
