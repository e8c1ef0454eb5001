import { Command } from 'commander';
import { registerAccountCommands } from './account-commands.js';
import { registerApprovalCommands } from './approval-commands.js';
import { registerAuditCommands } from './audit-commands.js';
import { registerConfigCommands } from './config-commands.js';
import { registerDatasetCommands } from './dataset-commands.js';
import { registerEndpointCommands } from './endpoint-commands.js';
import { registerFeatureCommands } from './feature-commands.js';
import { registerFeedbackCommands } from './feedback-commands.js';
import { registerHookCommands } from './hook-commands.js';
import { registerImageCommands } from './image-commands.js';
import { registerIncidentCommands } from './incident-commands.js';
import { registerMemberCommands } from './member-commands.js';
import { registerModelCommands } from './model-commands.js';
import { registerMonitorCommands } from './monitor-commands.js';
import { registerNewAppCommand } from './new-app.js';
import { registerNewCommand } from './new-model.js';
import { registerNotifyCommands } from './notify-commands.js';
import { registerPlanCommand } from './plan-command.js';
import { registerPolicyCommands } from './policy-commands.js';
import { registerProjectCommands } from './project-commands.js';
import { registerRanImageCommands } from './ran-image-commands.js';
import { registerReleaseCommands } from './release-commands.js';
import { registerRunCommands } from './run-commands.js';
import { registerScheduleCommands } from './schedule-commands.js';
import { registerServeCommand } from './serve-command.js';
import { registerSignInCommands } from './sign-in-commands.js';
import { registerStackCommands } from './stack-commands.js';
import { registerTokenCommands } from './token-commands.js';
import { registerTriggerCommands } from './trigger-commands.js';
import { registerWorkerCommands } from './worker-commands.js';

const afterHelp = `
Exit codes: 0 done, 2 wrong input, 3 refused, 4 not found, 5 unavailable, 1 a defect.
First steps: ratchet up --detach, ratchet new my-model

Example:
  ratchet run list --help`;

const nouns = [
  registerStackCommands,
  registerNewCommand,
  registerNewAppCommand,
  registerProjectCommands,
  registerPlanCommand,
  registerHookCommands,
  registerTriggerCommands,
  registerScheduleCommands,
  registerNotifyCommands,
  registerRunCommands,
  registerDatasetCommands,
  registerFeatureCommands,
  registerModelCommands,
  registerEndpointCommands,
  registerReleaseCommands,
  registerMonitorCommands,
  registerFeedbackCommands,
  registerIncidentCommands,
  registerApprovalCommands,
  registerMemberCommands,
  registerSignInCommands,
  registerAccountCommands,
  registerTokenCommands,
  registerAuditCommands,
  registerWorkerCommands,
  registerConfigCommands,
  registerPolicyCommands,
  registerServeCommand,
  registerImageCommands,
  registerRanImageCommands,
] as const;

/** Every command of `ratchet`. What commander has to say it throws, see `exitOverride`. */
export function createProgram(): Command {
  const program = new Command('ratchet')
    .description('Takes a machine-learning model through its whole life.')
    .version('0.1.0')
    .exitOverride()
    .showHelpAfterError('(--help shows the options, and an example)')
    .addHelpText('after', afterHelp);
  for (const register of nouns) register(program);
  return program;
}
