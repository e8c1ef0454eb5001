import { currentStep } from '../steps/current-step.js';
import type { ApplicationWork } from './application/application-work.js';

/** Under which key and fence the programs of a step are started: each step of a release counts its own attempts. */
export function launchOf(releaseId: string): ApplicationWork['launch'] {
  const { name, fence } = currentStep();
  return { key: `release/${releaseId}/${name}`, fence };
}
