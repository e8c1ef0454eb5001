import type { Notice } from '../ports/outbox.js';
import { composeNotice } from './compose-notice.js';

/** A source that is looked at for new data and does not answer. */
export interface LostSource {
  readonly project: string;
  readonly model: string;
  readonly owner: string | null;
  /** Key of `newData`, and the source of the project that it looks at. */
  readonly name: string;
  readonly source: string;
  /** Since when it does not answer. */
  readonly since: string;
  readonly reason: string;
  readonly at: string;
}

/** Told once for each time that it is away. */
export function noticeOfSource(lost: LostSource): Notice {
  const { project, model, name, source, since, reason, at } = lost;
  return composeNotice({
    key: `source:${model}:${name}:${since}`,
    project,
    model,
    kind: 'source.unreachable',
    title: `${project}/${model}: the source ${source} does not answer`,
    facts: [`since: ${since}`, `reason: ${reason}`],
    commands: [`it is looked at again; until then nobody knows whether "${name}" has new data`],
    to: [lost.owner],
    at,
  });
}

/** A tracked branch that the repository no longer has. */
export interface GoneRef {
  readonly project: string;
  readonly ref: string;
  /** The head that was handled last. */
  readonly lastCommit: string;
  readonly at: string;
}

export function noticeOfRef({ project, ref, lastCommit, at }: GoneRef): Notice {
  return composeNotice({
    key: `ref:${ref}:${lastCommit}`,
    project,
    kind: 'ref.gone',
    title: `${project}: the tracked branch ${ref} is gone from the repository`,
    facts: [`last commit: ${lastCommit}`, 'what it brought stays in force, and pushes start nothing'],
    commands: ['push the branch again, or name another one as "tracked.branch" in ratchet.project.yaml'],
    at,
  });
}

/** A repository whose tracked branch cannot be looked at. */
export interface LostRepository {
  readonly project: string;
  readonly ref: string;
  readonly reason: string;
  readonly at: string;
}

/** Told at most once a day while it goes on. */
export function noticeOfRepository({ project, ref, reason, at }: LostRepository): Notice {
  return composeNotice({
    key: `repository:${ref}:${at.slice(0, 10)}`,
    project,
    kind: 'source.unreachable',
    title: `${project}: the repository does not answer`,
    facts: [`branch: ${ref}`, `reason: ${reason}`],
    commands: ['it is asked again until it answers; webhooks that came are kept until then'],
    at,
  });
}

/** A new head of a tracked branch that says of the project what cannot be. */
export interface RefusedHead {
  readonly project: string;
  readonly ref: string;
  readonly commit: string;
  /** Why, in words. */
  readonly refusal: string;
  /** Account of whoever wrote the commit. */
  readonly author: string | null;
  readonly at: string;
}

export function noticeOfRefusedHead({ project, ref, commit, refusal, author, at }: RefusedHead): Notice {
  return composeNotice({
    key: `refused-head:${ref}:${commit}`,
    project,
    kind: 'apply.refused',
    title: `${project}: ${commit.slice(0, 12)} of ${ref} is not applied`,
    facts: [`reason: ${refusal}`, 'what was applied before stays in force, and this commit starts nothing'],
    commands: ['to see it before a push: ratchet config check'],
    to: [author],
    commit,
    state: 'failure',
    at,
  });
}

/** Asked for by a person, to see whether words arrive. */
export function noticeOfTest(asked: {
  readonly id: string;
  readonly project: string;
  readonly by: string;
  readonly at: string;
}): Notice {
  const { id, project, by, at } = asked;
  return composeNotice({
    key: `test:${id}`,
    project,
    kind: 'test',
    title: `${project}: a test of notifications`,
    facts: [`asked for by: ${by}`],
    commands: ['nothing is to be done'],
    to: [by],
    at,
  });
}
