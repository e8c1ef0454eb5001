import { defineSignal } from '@temporalio/workflow';

/** Rows may have changed: it looks for itself. */
export const wakeSignal = defineSignal('wake');
