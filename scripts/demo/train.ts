import { randomUUID } from 'node:crypto';
import type { components } from '../../cli/generated/api.js';
import { answered } from '../../cli/open-client.js';
import { followRun } from '../../cli/run-watch.js';
import type { Demo } from './demo.js';
import { tell, tellCommand } from './narrator.js';
import { clientOf } from './people.js';

export type RunDetail = components['schemas']['RunDetail'];

export interface Training {
  readonly model: string;
  readonly variant?: string;
  readonly ref?: string;
}

/** Starts a run as `ratchet run start` does, for Dana, who writes the models. */
export async function startTraining(demo: Demo, { model, variant, ref }: Training): Promise<string> {
  tellCommand(
    `run start ${demo.project}/${model}${variant === undefined ? '' : ` --variant ${variant}`}${ref === undefined ? '' : ` --ref ${ref}`} --as dana`,
  );
  const body = {
    id: randomUUID(),
    project: demo.project,
    model,
    ...(variant === undefined ? {} : { variant }),
    ...(ref === undefined ? {} : { ref }),
  };
  const client = await clientOf(demo, 'dana');
  const { id } = await answered(client.POST('/api/v1/runs', { body }));
  demo.runIds.push(id);
  return id;
}

/** Goes on with an ended run as `ratchet run resume` does, for Dana. */
export async function resumeTraining(demo: Demo, id: string): Promise<void> {
  tellCommand(`run resume ${id} --as dana`);
  const client = await clientOf(demo, 'dana');
  await answered(client.POST('/api/v1/runs/{id}/resume', { params: { path: { id } }, body: {} }));
}

/** Follows a run to its end, a line for every change, and keeps why it was refused where it was. */
export async function followTraining(demo: Demo, id: string, label: string): Promise<RunDetail> {
  const run = await followRun(demo.client, id, (line) => tell(`${label}  ${line}`));
  if (run.status === 'refused') demo.refusals.push(...run.refusals);
  return run;
}

/** A demo that does not come out as told is a failure of the demo. */
export function expectStatus(run: RunDetail, status: RunDetail['status']): void {
  if (run.status === status) return;
  throw new Error(
    `run ${run.id} of ${run.model} should have ended as ${status}; it ended as ${run.status}: ${run.reason ?? 'without a reason'}`,
  );
}

/** Tells every number that stopped a run. Error: where the rule that the story names is not among them. */
export function tellRefusals(run: RunDetail, label: string, rule: string): void {
  expectStatus(run, 'refused');
  for (const { what, rule: name, actual, limit } of run.refusals)
    tell(`${label}  refused by ${what}, ${name}: ${actual}; allowed is ${limit}`);
  if (run.refusals.some((refusal) => refusal.rule === rule)) return;
  throw new Error(`run ${run.id} of ${run.model} should have been refused by ${rule}`);
}
