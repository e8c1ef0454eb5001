import { log } from '@temporalio/activity';
import { createConnectOut } from '../activities/adapters/egress/connect-out.js';
import { createEgress } from '../activities/adapters/egress/create-egress.js';
import { createEgressRules } from '../activities/adapters/egress/egress-rules.js';
import { createLogNotifier } from '../activities/adapters/notifier-log/create-log-notifier.js';
import { createCarriers } from '../activities/adapters/notifiers/create-carriers.js';
import type { NoticeDeps } from '../activities/notices/deps.js';
import type { TriggerDeps } from '../activities/triggers/deps.js';
import { openLineClock } from '../db/line-clock.js';
import type { Config } from '../temporal.config.js';
import type { WorkerDeps } from './worker-deps.js';

/** What starting runs by events stands on. */
export function triggerDeps(deps: WorkerDeps, { clock }: Pick<Config, 'clock'>): TriggerDeps {
  return {
    ...deps,
    clock: openLineClock(clock.file),
    lines: deps.modelLines,
    notifier: createLogNotifier((text, facts) => log.info(text, { ...facts })),
    refs: deps.trackedRefs,
  };
}

/** What carrying letters stands on. */
export function noticeDeps({ accounts, outbox, projects, secrets }: WorkerDeps, config: Config): NoticeDeps {
  const rules = createEgressRules(config.egress);
  const mail = {
    connect: createConnectOut(rules),
    mayBePlain: rules.isListed,
    log: (text: string, facts: object) => log.info(text, { ...facts }),
  };
  const carriers = createCarriers(createEgress({ rules }), mail);
  return { accounts, outbox, projects, secrets, carriers, now: Date.now };
}
