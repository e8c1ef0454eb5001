import type { GovernedDifference } from '../changes/governed-differences.js';
import type { GovernedParts } from '../changes/governed-parts.js';
import type { ModelConfig } from '../config/model.js';
import type { ProjectConfig } from '../config/project.js';
import type { ModelLine } from '../ports/model-lines.js';
import type { ProjectRecord } from '../ports/projects.js';
import { gitSchedules } from '../triggers/git-schedules.js';
import { differingKeys } from './differing-keys.js';
import { type PlannedChange, plannedParts } from './project-plan.js';

/** A project with its models, as rows or as files say it. */
export interface ProjectState {
  readonly project: ProjectRecord;
  readonly lines: readonly ModelLine[];
}

/** Files of the models, by name; of those that were read. */
export type ModelFiles = ReadonlyMap<string, ModelConfig>;

export interface StatesToCompare {
  readonly before: ProjectState & { readonly files: ModelFiles };
  readonly after: ProjectState & { readonly files: ModelFiles };
  readonly governed: readonly GovernedDifference[];
  /** Whether people are asked about what is governed. */
  readonly asks: boolean;
}

/** What differs between what is in force and what a commit says, part by part and by name. */
export function plannedChanges(states: StatesToCompare): readonly PlannedChange[] {
  const { before, after } = states;
  const all = [
    ...settings(before.project.config, after.project.config),
    ...models(states),
    ...schedules(before, after),
    ...governed(states),
  ];
  return inOrder(all);
}

/** As a plan tells them: part by part, and by name. */
export function inOrder(changes: readonly PlannedChange[]): readonly PlannedChange[] {
  const place = ({ part }: PlannedChange) => plannedParts.indexOf(part);
  return changes.toSorted((a, b) => place(a) - place(b) || (a.name < b.name ? -1 : 1));
}

/** Keys of ratchet.project.yaml that need no consent and are no list of their own. */
const settingKeys = ['description', 'tracked', 'rules', 'budgets', 'notifications'] as const;

/** Keys of ratchet.project.yaml in which two of them differ, of those that need no consent. */
export function differingSettings(before: ProjectConfig, after: ProjectConfig): readonly string[] {
  const differing = differingKeys(before, after);
  return settingKeys.filter((key) => differing.includes(key));
}

function settings(before: ProjectConfig, after: ProjectConfig): PlannedChange[] {
  return differingSettings(before, after).map((name) => ({
    ...{ part: 'setting', name, change: 'update', asks: false },
    because: 'it is another one in ratchet.project.yaml',
  }));
}

function models({ before, after }: StatesToCompare): PlannedChange[] {
  const [was, is] = [byName(before.lines), byName(after.lines)];
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((name): PlannedChange[] => {
    const [old, line] = [was.get(name), is.get(name)];
    const one = { part: 'model', name, asks: false } as const;
    if (line === undefined)
      return [
        {
          ...one,
          change: 'remove',
          because: 'it stands no longer in ratchet.project.yaml; its versions stay',
        },
      ];
    if (old === undefined) return [{ ...one, change: 'create', because: `it stands in ${line.path}` }];
    const because = modelDifference(old, line, [before.files.get(name), after.files.get(name)]);
    return because === null ? [] : [{ ...one, change: 'update', because }];
  });
}

function modelDifference(
  before: ModelLine,
  after: ModelLine,
  [fileBefore, fileAfter]: readonly [ModelConfig | undefined, ModelConfig | undefined],
): string | null {
  const where = [
    ...(before.path === after.path ? [] : [`it moves from ${before.path} to ${after.path}`]),
    ...(before.owner === after.owner ? [] : [`its owner is ${after.owner ?? 'nobody'}`]),
  ];
  const keys =
    fileBefore !== undefined && fileAfter !== undefined
      ? differingKeys(fileBefore, fileAfter)
      : lineKeys(before, after);
  const inFile = keys.length === 0 ? [] : [`${keys.join(', ')} of its ratchet.yaml`];
  const all = [...where, ...inFile];
  return all.length === 0 ? null : all.join('; ');
}

/** Where a file was not read on both sides: what its row says of it. */
const lineKeys = (before: ModelLine, after: ModelLine) =>
  differingKeys({ triggers: before.triggers }, { triggers: after.triggers });

function schedules(before: ProjectState, after: ProjectState): PlannedChange[] {
  const was = new Map(gitSchedules(before.project, before.lines).map((one) => [one.id, one]));
  const is = new Map(gitSchedules(after.project, after.lines).map((one) => [one.id, one]));
  const [triggersBefore, triggersAfter] = [byName(before.lines), byName(after.lines)];
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((id): PlannedChange[] => {
    const [old, one] = [was.get(id), is.get(id)];
    const change = { part: 'schedule', name: id, asks: false } as const;
    if (one === undefined) return [{ ...change, change: 'remove', because: old?.timetable ?? '' }];
    if (old === undefined) return [{ ...change, change: 'create', because: one.timetable ?? '' }];
    const declared = (lines: ReadonlyMap<string, ModelLine>) => declaredBy(lines, one);
    const differs = differingKeys(
      { timetable: old.timetable, ...declared(triggersBefore) },
      { timetable: one.timetable, ...declared(triggersAfter) },
    );
    if (differs.length === 0) return [];
    const because =
      old.timetable === one.timetable ? differs.join(', ') : `${one.timetable}, was ${old.timetable}`;
    return [{ ...change, change: 'update', because }];
  });
}

function declaredBy(
  lines: ReadonlyMap<string, ModelLine>,
  {
    kind,
    model,
    name,
  }: { readonly kind: string; readonly model: string | null; readonly name: string | null },
): object {
  const triggers = model === null ? undefined : lines.get(model)?.triggers;
  if (triggers === undefined || name === null) return {};
  return (kind === 'slot' ? triggers.schedules[name] : triggers.newData[name]) ?? {};
}

/** What a plan calls the parts that are governed. */
export const plannedPartOf: Readonly<Record<keyof GovernedParts, PlannedChange['part']>> = {
  members: 'member',
  changes: 'changes',
  sources: 'source',
  policies: 'policy',
  organisation: 'organisation',
};
const changeOf = { added: 'create', changed: 'update', removed: 'remove' } as const;

function governed({ governed: differences, asks }: StatesToCompare): PlannedChange[] {
  return differences.map(({ part, name, kind }) => ({
    ...{ part: plannedPartOf[part], name: name ?? part, change: changeOf[kind], asks },
    because: asks ? 'people are asked before it is in force' : 'it is in force at once',
  }));
}

const byName = (lines: readonly ModelLine[]): ReadonlyMap<string, ModelLine> =>
  new Map(lines.map((line) => [line.model, line]));
