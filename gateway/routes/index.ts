import type { OpenAPIHono } from '@hono/zod-openapi';
import type { GatewayDeps, GatewaySettings } from '../deps.js';
import type { GatewayEnv } from '../http/env.js';
import { accountRoutes } from './accounts.js';
import { alertRoutes } from './alerts.js';
import { approvalRoutes } from './approvals.js';
import { auditRoutes } from './audit.js';
import { championRoutes } from './champions.js';
import { datasetRoutes } from './datasets.js';
import { endpointRoutes } from './endpoints.js';
import { featureRoutes } from './features.js';
import { feedbackRoutes } from './feedback.js';
import { fileRoutes } from './files.js';
import { hookRoutes } from './hooks.js';
import { incidentRoutes } from './incidents.js';
import { letterRoutes } from './letters.js';
import { memberRoutes } from './members.js';
import { modelRoutes } from './models.js';
import { planRoutes } from './plans.js';
import { platformRoutes } from './platform.js';
import { policyRoutes } from './policies.js';
import { predictionRoutes } from './predictions.js';
import { projectRoutes } from './projects.js';
import { releaseRoutes } from './releases.js';
import { runRoutes } from './runs.js';
import { scheduleRoutes } from './schedules.js';
import { signInRoutes } from './sign-in.js';
import { tokenRoutes } from './tokens.js';
import { trafficRoutes } from './traffic.js';
import { triggerRoutes } from './triggers.js';
import { valueRoutes } from './value.js';
import { workerRoutes } from './workers.js';

export type Routes = (app: OpenAPIHono<GatewayEnv>, deps: GatewayDeps, settings: GatewaySettings) => void;

/** Every route, by noun. */
export const nouns: readonly Routes[] = [
  platformRoutes,
  signInRoutes,
  accountRoutes,
  tokenRoutes,
  projectRoutes,
  planRoutes,
  hookRoutes,
  alertRoutes,
  triggerRoutes,
  scheduleRoutes,
  letterRoutes,
  memberRoutes,
  approvalRoutes,
  policyRoutes,
  auditRoutes,
  runRoutes,
  datasetRoutes,
  featureRoutes,
  // Before models: its addresses have a word where those of a version have the version.
  championRoutes,
  modelRoutes,
  fileRoutes,
  endpointRoutes,
  feedbackRoutes,
  incidentRoutes,
  valueRoutes,
  trafficRoutes,
  predictionRoutes,
  releaseRoutes,
  workerRoutes,
];
