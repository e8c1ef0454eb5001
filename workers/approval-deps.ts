import { log } from '@temporalio/activity';
import { createLogNotifier } from '../activities/adapters/notifier-log/create-log-notifier.js';
import type { PromotionDeps } from '../activities/approvals/deps.js';
import { mergedPolicyOf } from '../activities/approvals/merged-policy.js';
import { createChangeDigests } from '../activities/projects/change-digests.js';
import { tell } from '../activities/triggers/tell.js';
import { type Config, requireSetting } from '../temporal.config.js';
import { createRemoteSigner } from '../trust/remote-signer.js';
import { createVerifier } from '../trust/verifier.js';
import type { WorkerDeps } from './worker-deps.js';

/** What approvals and promotions stand on. Error: `SETTING_INVALID` where no signer is named. */
export function approvalDeps(deps: WorkerDeps, { signing }: Config): PromotionDeps {
  const notifier = createLogNotifier((text, facts) => log.info(text, { ...facts }));
  return {
    ...deps,
    tell: (notice) => tell({ ...deps, notifier }, notice),
    signer: createRemoteSigner({
      url: requireSetting(signing.url, 'RATCHET_SIGNER_URL'),
      token: requireSetting(signing.token, 'RATCHET_SIGNER_TOKEN'),
    }),
    verifier: createVerifier(),
    mergedPolicy: (project, model) => mergedPolicyOf(deps.policies, project, model),
    changeDigests: createChangeDigests(deps),
  };
}
