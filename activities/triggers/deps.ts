import type { Client } from '@temporalio/client';
import type { AccountStore } from '../../domain/ports/accounts.js';
import type { AuditLog } from '../../domain/ports/audit.js';
import type { DeliveryStore } from '../../domain/ports/deliveries.js';
import type { Git } from '../../domain/ports/git.js';
import type { LineClock } from '../../domain/ports/line-clock.js';
import type { ModelLineStore } from '../../domain/ports/model-lines.js';
import type { Notifier } from '../../domain/ports/notifier.js';
import type { Outbox } from '../../domain/ports/outbox.js';
import type { ProjectStore } from '../../domain/ports/projects.js';
import type { ScheduleStore } from '../../domain/ports/schedules.js';
import type { Sources } from '../../domain/ports/sources.js';
import type { TrackedRefStore } from '../../domain/ports/tracked-refs.js';
import type { TriggerStore } from '../../domain/ports/trigger-events.js';
import type { WatchStore } from '../../domain/ports/watches.js';
import type { WatermarkStore } from '../../domain/ports/watermarks.js';
import type { OpenReleaseDeps } from '../endpoints/open-releases.js';

/** What starting runs stands on, and releases of endpoints. */
export interface TriggerDeps extends OpenReleaseDeps {
  readonly accounts: AccountStore;
  readonly audit: AuditLog;
  readonly client: Client;
  readonly clock: LineClock;
  readonly deliveries: DeliveryStore;
  readonly git: Git;
  readonly lines: ModelLineStore;
  readonly notifier: Notifier;
  readonly outbox: Outbox;
  readonly schedules: ScheduleStore;
  readonly projects: ProjectStore;
  readonly refs: TrackedRefStore;
  readonly sources: Sources;
  readonly triggers: TriggerStore;
  readonly watches: Pick<WatchStore, 'incidents'>;
  readonly watermarks: WatermarkStore;
}
