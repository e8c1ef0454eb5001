import type { StepLedger } from '../../domain/ports/releases.js';

/** What is out of date sooner than this is not worth writing a row for. */
const settleMs = 200;

type Note = Parameters<StepLedger['updateStep']>[3];

/** What is told of an attempt while it works. */
export interface StepNotes {
  /** Is written in a moment, together with what else was told by then; of two of a kind the later. */
  tell(note: Note): void;
  /** Resolves when nothing is written any more. What was not is dropped: the end of the step says more. */
  end(): Promise<void>;
}

/** Notes that go through `write`, one after the other. It handles its own failures. */
export function takeStepNotes(write: (note: Note) => Promise<void>): StepNotes {
  let untold: Note = {};
  let timer: NodeJS.Timeout | undefined;
  let told = Promise.resolve();
  let isOver = false;
  const flush = () => {
    const note = untold;
    untold = {};
    timer = undefined;
    told = told.then(() => write(note));
  };
  return {
    tell: (note) => {
      untold = { ...untold, ...note };
      if (!isOver) timer ??= setTimeout(flush, settleMs);
    },
    end: () => {
      isOver = true;
      clearTimeout(timer);
      return told;
    },
  };
}
