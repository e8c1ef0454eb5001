import type { ApiClient } from '../../cli/open-client.js';
import type { Refusal } from '../../domain/ports/runs.js';
import type { RunningStack } from '../../stack/start-stack.js';
import type { DemoRepository } from './git-repository.js';
import type { LetterBox } from './letter-box.js';
import type { DemoClock } from './traffic/demo-clock.js';
import type { Traffic } from './traffic/traffic.js';

/** What every scene is given, and what the scenes before it left. */
export interface Demo {
  /** The API as the administrator of the stack sees it. */
  readonly client: ApiClient;
  readonly stack: RunningStack;
  readonly repository: DemoRepository;
  /** What the platform writes to the people of the project arrives here. */
  readonly letters: LetterBox;
  /** Name of the project, new with every demo. */
  readonly project: string;
  readonly runIds: string[];
  /** Why runs were refused, also those that went on later. */
  readonly refusals: Refusal[];
  readonly timingsMs: Record<string, number>;
  /** The clock by which automatic runs are reckoned: that of the flights. */
  readonly clock: DemoClock;
  /** From its first day on. */
  traffic?: Traffic;
  /** Version of another algorithm, made from the same weeks as the champion that drift brought. */
  challenger?: number;
}

export interface Scene {
  readonly title: string;
  /** What the reader is about to see, in a sentence or two. */
  readonly about: string;
  readonly play: (demo: Demo) => Promise<void>;
}
