import type { AppliedHead, FollowedRef, NewHead } from '../../domain/lifecycle/follow-ref.js';
import type { ReleaseServingInput } from '../../domain/lifecycle/release-serving.js';
import { noticeOfRefusedHead } from '../../domain/notices/project-notices.js';
import type { ModelLine } from '../../domain/ports/model-lines.js';
import type { NewTriggerEvent } from '../../domain/ports/trigger-events.js';
import type { AffectedModel, PathEffects } from '../../domain/triggers/path-effects.js';
import { type OpenReleaseDeps, openReleases } from '../endpoints/open-releases.js';
import { accountOf } from './author-account.js';
import { changedFiles } from './changed-files.js';
import type { TriggerDeps } from './deps.js';
import { effectsOfChange } from './effects-of-change.js';
import { type TellDeps, tell } from './tell.js';

type Deps = TellDeps &
  OpenReleaseDeps &
  Pick<TriggerDeps, 'accounts' | 'git' | 'lines' | 'refs' | 'triggers'>;

/** What the changes of a head lead to. */
interface LedTo {
  readonly events: readonly NewTriggerEvent[];
  readonly releases: readonly ReleaseServingInput[];
  readonly result: string;
}

/**
 * What the changes of a head lead to becomes events, in the transaction that says the head is handled. One that was
 * handled by another meanwhile leads to nothing more.
 */
export async function recordHead(deps: Deps, head: NewHead & AppliedHead): Promise<FollowedRef> {
  const { project, ref, from, to } = head;
  const made: LedTo =
    head.refusal === null ? await effectsOf(deps, head) : { events: [], releases: [], result: '' };
  const { releases } = made;
  if (!(await deps.refs.move({ project, ref, from, to }, made.events)))
    return { result: 'its head is handled already', wakes: [], releases };
  if (head.refusal !== null) {
    const { refusal } = head;
    const [author, at] = [await authorOf(deps, head), new Date().toISOString()];
    await tell(deps, noticeOfRefusedHead({ project, ref, commit: to, refusal, author, at }));
    return { result: `${to.slice(0, 12)} is not applied: ${head.refusal}`, wakes: [] };
  }
  const wakes = made.events.flatMap(({ outcome, model }) =>
    outcome === undefined ? [{ project, model }] : [],
  );
  const { undeclared = null } = head;
  const left = undeclared === null ? '' : `; its timetables are not on the server yet: ${undeclared}`;
  return { result: made.result + left, wakes, releases };
}

async function authorOf({ accounts, git }: Deps, { project, repo, to }: NewHead): Promise<string | null> {
  const [commit, members] = await Promise.all([git.resolve(repo, to), accounts.members(project)]);
  return accountOf(commit.author, members);
}

async function effectsOf(deps: Deps, head: NewHead): Promise<LedTo> {
  const { project, repo, to } = head;
  const [{ files, since }, { config }, lines, commit, members, declared] = await Promise.all([
    changedFiles(deps, head),
    deps.projects.get(project),
    deps.lines.list(project),
    deps.git.resolve(repo, to),
    deps.accounts.members(project),
    deps.endpoints.list(project),
  ]);
  const endpoints = declared.filter(({ retiredAt }) => retiredAt === null);
  const paths = files.map(({ path }) => path);
  const effects = await effectsOfChange(deps, { repo, since, to, files: paths, lines, config, endpoints });
  const by = accountOf(commit.author, members);
  const push = (one: AffectedModel): NewTriggerEvent => ({
    project,
    model: one.model,
    kind: 'push',
    key: `push:${to}`,
    by,
    at: commit.committedAt,
    facts: {
      kind: 'push',
      ref: head.ref,
      commit: to,
      before: since,
      author: commit.author.slice(0, 200),
      subject: commit.subject.slice(0, 200),
      paths: one.paths,
      files: one.files,
    },
  });
  const releases = await releasesOf(deps, head, effects, push);
  return { events: eventsFor(effects, push), releases, result: resultOf(to, effects, lines) };
}

/** Before the head counts as handled: rows that are there already are the same ones. */
async function releasesOf(
  deps: Deps,
  { project, from, to }: NewHead,
  { released }: PathEffects,
  push: (one: AffectedModel) => NewTriggerEvent,
): Promise<readonly ReleaseServingInput[]> {
  const opened: ReleaseServingInput[] = [];
  for (const { endpoints, ...one } of released) {
    const { by, at, facts } = push(one);
    const cause = { kind: 'push', ...(by !== null && { by }), at, facts } as const;
    opened.push(...(await openReleases(deps, project, { kind: 'pushed', from, to, endpoints, cause })));
  }
  return opened;
}

/** Serving code that nothing runs has a key of its own, so that a push of both is an event of each. */
function eventsFor(
  { train, suppressed }: PathEffects,
  push: (one: AffectedModel) => NewTriggerEvent,
): readonly NewTriggerEvent[] {
  return [
    ...train.map(push),
    ...suppressed.map(({ rule, reason, ...one }) => {
      const event = push(one);
      const key = rule === 'no-pipeline' ? `${event.key}:serving` : event.key;
      return { ...event, key, outcome: { kind: 'suppressed', rule, reason } as const };
    }),
  ];
}

function resultOf(to: string, { train, released, apply }: PathEffects, lines: readonly ModelLine[]): string {
  const names = train.map(({ model }) => model);
  const shown =
    names.length > 5 ? `${names.slice(0, 5).join(', ')} and ${names.length - 5} more` : names.join(', ');
  const trains = names.length === 0 ? `trains none of ${lines.length} models` : `trains ${shown}`;
  const endpoints = released.flatMap((one) => one.endpoints);
  const releases = endpoints.length === 0 ? '' : `, releases ${endpoints.join(', ')}`;
  return `${to.slice(0, 12)} ${trains}${releases}${apply ? ', and is applied' : ''}`;
}
