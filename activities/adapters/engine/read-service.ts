import type { SwarmService, SwarmTask } from '../../../domain/ports/swarm.js';

/** What of a service the engine tells. */
export interface FoundService {
  readonly ID: string;
  readonly Version: { readonly Index: number };
  readonly Spec: { readonly Name: string; readonly Labels: Readonly<Record<string, string>> };
  readonly UpdateStatus?: { readonly State?: string };
}

/** What of a task the engine tells. */
export interface FoundTask {
  readonly ID: string;
  readonly Slot?: number;
  readonly CreatedAt: string;
  readonly DesiredState: string;
  readonly Spec: { readonly ContainerSpec: { readonly Labels?: Readonly<Record<string, string>> } };
  readonly Status: {
    readonly State: string;
    readonly Message?: string;
    readonly Err?: string;
    readonly ContainerStatus?: { readonly ContainerID?: string };
  };
}

const changes: Readonly<Record<string, SwarmService['change']>> = {
  updating: 'under-way',
  completed: 'done',
  paused: 'stuck',
  rollback_started: 'going-back',
  rollback_completed: 'gone-back',
  rollback_paused: 'stuck',
};

const ends: Readonly<Record<string, SwarmTask['state']>> = {
  running: 'running',
  complete: 'failed',
  failed: 'failed',
  rejected: 'failed',
  shutdown: 'ended',
  orphaned: 'ended',
  remove: 'ended',
};

export function readService({ Spec, UpdateStatus }: FoundService): SwarmService {
  return {
    name: Spec.Name,
    labels: Spec.Labels,
    change: changes[UpdateStatus?.State ?? ''] ?? 'none',
  };
}

export function readTask({ ID, Slot, CreatedAt, DesiredState, Spec, Status }: FoundTask): SwarmTask {
  return {
    id: ID,
    slot: Slot ?? 0,
    containerId: Status.ContainerStatus?.ContainerID || null,
    labels: Spec.ContainerSpec.Labels ?? {},
    state: ends[Status.State] ?? 'starting',
    isWanted: DesiredState === 'running' || DesiredState === 'ready' || DesiredState === 'accepted',
    reason: Status.Err || null,
    createdAt: CreatedAt,
  };
}
