import type { ServicePace } from '../../../domain/engine/service-spec.js';
import type { Engine } from '../../../domain/ports/engine.js';
import type { Secrets } from '../../../domain/ports/secrets.js';
import type { RevisionSources } from './revision-folder.js';

/** What endpoints in containers stand on. */
export interface DockerSetting extends Omit<RevisionSources, 'files'> {
  readonly engine: Engine;
  /** Name of the agent that the engine knows its containers by. */
  readonly agent: string;
  /** The agent's folder: all that containers read lies beneath it. */
  readonly root: string;
  readonly secrets: Secrets;
  /** Id of an image with a Node in it and nothing of a user's. */
  readonly base: () => Promise<string>;
  /** Of services. @default usualPace */
  readonly pace?: ServicePace;
}
