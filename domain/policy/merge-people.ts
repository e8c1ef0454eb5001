import type { PolicyConfig } from '../config/policy.js';
import { durationSeconds } from '../features/duration.js';

export type PolicyPeople = NonNullable<PolicyConfig['people']>;
export type PolicyStage = PolicyPeople['stages'][number];

/**
 * The people of both policies: the organisation's stages first, then those of the model that it does not have. A stage
 * of both (one name and one role) takes the larger quorum, the shorter times, a veto where either has one, and lets
 * others step in only where both do. A newer candidate supersedes where either says so: waiting lets in the older too.
 */
export function mergePeople(
  organisation: PolicyPeople | undefined,
  model: PolicyPeople | undefined,
): PolicyPeople | null {
  if (!organisation || !model) return organisation ?? model ?? null;
  const same = (stage: PolicyStage) => (other: PolicyStage) =>
    stage.name === other.name && stage.role === other.role;
  const first = organisation.stages.map((stage) => {
    const other = model.stages.find(same(stage));
    return other ? stricterStage(stage, other) : stage;
  });
  const taken = new Set(first.map(({ name }) => name));
  const others = model.stages
    .filter((stage) => !organisation.stages.some(same(stage)))
    .map((stage) => ({ ...stage, name: freeName(stage.name, taken) }));
  const waits = organisation.newer === 'waits' && model.newer === 'waits';
  return { stages: [...first, ...others], newer: waits ? 'waits' : 'supersedes' };
}

function stricterStage(stage: PolicyStage, other: PolicyStage): PolicyStage {
  const remindAfter = shorter(stage.remindAfter, other.remindAfter);
  const escalate = laterEscalation(stage.escalate, other.escalate);
  return {
    name: stage.name,
    role: stage.role,
    quorum: Math.max(stage.quorum, other.quorum),
    // Without a veto as many rejections end a stage as approvals pass it: fewer of them, by the smaller quorum.
    veto: stage.veto || other.veto || stage.quorum !== other.quorum,
    expireAfter: shorter(stage.expireAfter, other.expireAfter) ?? stage.expireAfter,
    ...(remindAfter === undefined ? {} : { remindAfter }),
    ...(escalate === undefined ? {} : { escalate }),
  };
}

function laterEscalation(
  one: PolicyStage['escalate'],
  other: PolicyStage['escalate'],
): PolicyStage['escalate'] {
  if (one === undefined || other === undefined || one.role !== other.role) return undefined;
  return durationSeconds(one.after) >= durationSeconds(other.after) ? one : other;
}

function shorter(first: string | undefined, second: string | undefined): string | undefined {
  if (first === undefined || second === undefined) return first ?? second;
  return durationSeconds(first) <= durationSeconds(second) ? first : second;
}

/** Two stages of one name and different roles both stay. */
function freeName(name: string, taken: Set<string>): string {
  let free = name;
  for (let at = 2; taken.has(free); at += 1) free = `${name.slice(0, 58)}-${at}`;
  taken.add(free);
  return free;
}
