/** How delivery stands to requests where they share a busy core: it takes what they leave, or a share of its own. */
export type DeliveryPace = 'patient' | 'pressed';

/** Of the thread that delivers. The kernel gives it about a sixtieth of a busy core, or a tenth. */
export const nicenessOf: Readonly<Record<DeliveryPace, number>> = { patient: 19, pressed: 10 };

/** Shares of the spool. Far enough apart that the pace seldom changes. */
const [pressedAbove, patientBelow] = [1 / 2, 1 / 4];

/** @param filled share of the spool that is taken */
export function paceAt(filled: number, pace: DeliveryPace): DeliveryPace {
  if (filled > pressedAbove) return 'pressed';
  return filled < patientBelow ? 'patient' : pace;
}
