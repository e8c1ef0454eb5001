import type { WantedService } from '../engine/service-spec.js';

/** A service that the swarm keeps running. */
export interface SwarmService {
  readonly name: string;
  /** Of the content that it is told to have, which after it went back is the one before. */
  readonly labels: Readonly<Record<string, string>>;
  /** How far the newest change of it is: `none` before it began, and where the service is as it was made. */
  readonly change: 'none' | 'under-way' | 'done' | 'going-back' | 'gone-back' | 'stuck';
}

/** One container of a service, from when it is wanted until it is forgotten. */
export interface SwarmTask {
  readonly id: string;
  /** Which of the replicas it is, from 1; tasks that follow one another have the same. */
  readonly slot: number;
  /** Null until there is one. */
  readonly containerId: string | null;
  readonly labels: Readonly<Record<string, string>>;
  /** `running` once its health check was passed. */
  readonly state: 'starting' | 'running' | 'ended' | 'failed';
  /** Whether it shall run. */
  readonly isWanted: boolean;
  /** Why it failed, or is not there yet; null where nothing was said. */
  readonly reason: string | null;
  /** When it was made, as ISO 8601. */
  readonly createdAt: string;
}

/**
 * The swarm that an engine manages, as far as the engine agent asks anything of it. Requests are held against a list, and
 * services of others are neither shown nor touched. Errors of all: `PART_UNAVAILABLE`; of those that make something:
 * `ENGINE_REFUSED`.
 */
export interface Swarm {
  /** Id of the engine's node; null where it manages no swarm. */
  node(): Promise<string | null>;
  /** Services of ours; none where there is no swarm. */
  services(): Promise<readonly SwarmService[]>;
  /** Null where there is none of this name that is ours. */
  service(name: string): Promise<SwarmService | null>;
  /** Makes a service, or has the one of this name take another content, container by container. */
  apply(name: string, wanted: WantedService): Promise<void>;
  /** Has a service take the content before. */
  goBack(name: string): Promise<void>;
  /** Those of a service of ours that it still knows, the newest first. */
  tasks(name: string): Promise<readonly SwarmTask[]>;
  /** Ends its containers and forgets it. Nothing happens where there is none. */
  removeService(name: string): Promise<void>;
}
