import type { PathEffect, PathRule } from '../config/tracking.js';
import { type DefaultPathRule, defaultPathRules, projectFile } from './default-path-rules.js';
import type { HoldingPart, ModelParts } from './model-parts.js';
import { patternIndex } from './path-index.js';
import { type PathMatch, pathMatch } from './path-match.js';
import { type ServedCode, servedCode } from './served-code.js';

/** What one changed file leads to. */
export interface FileEffect {
  readonly path: string;
  readonly effect: PathEffect;
  /** Models that it trains, or whose serving code it is; empty for the other effects. */
  readonly models: readonly string[];
  /** In words, such as `rule 2 of ratchet.project.yaml`. */
  readonly because: string;
}

/** What decides, beside the parts of the models. */
export interface FileRules {
  readonly rules: readonly PathRule[];
  /** `tracked.paths`; empty for all. */
  readonly tracked: readonly string[];
  /** Files ratchet.yaml in which only what does not make a model is another. */
  readonly appliedOnly: readonly string[];
  /** Serving code of endpoints, in this repository. */
  readonly applications: readonly ServedCode[];
}

/** Prepared once for all files of a change. */
export function fileEffects(parts: ModelParts, given: FileRules): (path: string) => FileEffect {
  const isTracked = patternIndex(given.tracked.map((pattern) => [pattern, true] as const));
  const ruleOf = patternIndex(
    given.rules.flatMap((rule, at) => rule.paths.map((pattern) => [pattern, { ...rule, at }] as const)),
  );
  const appliedOnly = new Set(given.appliedOnly);
  const servedBy = servedCode(given.applications);
  return (path) => {
    if (path === projectFile) return apply(path, 'it configures the project');
    if (given.tracked.length > 0 && isTracked(path).length === 0)
      return nothing(path, 'it lies outside of tracked.paths');
    const [rule] = ruleOf(path);
    if (rule !== undefined) return byRule(path, rule, parts);
    return (
      byModelFile(path, parts, appliedOnly) ?? byApplication(path, parts, servedBy) ?? byDefault(path, parts)
    );
  };
}

const nothing = (path: string, because: string): FileEffect => ({
  path,
  effect: 'nothing',
  models: [],
  because,
});
const apply = (path: string, because: string): FileEffect => ({ path, effect: 'apply', models: [], because });

const isPart = 'a model is made of it';
const noModel = 'no model is made of it';

/** Without a model there is nothing to train or to serve. */
function about(
  path: string,
  effect: 'train' | 'serving',
  models: Iterable<string>,
  because: string,
): FileEffect {
  const named = [...new Set(models)];
  if (named.length > 0) return { path, effect, models: named, because };
  return nothing(path, because === isPart ? noModel : `${because}, and ${noModel}`);
}

function byRule(path: string, rule: PathRule & { readonly at: number }, parts: ModelParts): FileEffect {
  const because = `rule ${rule.at + 1} of ${projectFile}`;
  if (rule.effect === 'nothing') return nothing(path, because);
  if (rule.effect === 'apply') return apply(path, because);
  const models = rule.models?.filter((model) => parts.folders.has(model)) ?? madeOf(path, parts);
  return about(path, rule.effect, models, because);
}

/** A ratchet.yaml is about its model alone, also where it lies in a part of another. */
function byModelFile(
  path: string,
  parts: ModelParts,
  appliedOnly: ReadonlySet<string>,
): FileEffect | undefined {
  if (path !== 'ratchet.yaml' && !path.endsWith('/ratchet.yaml')) return undefined;
  const owner = parts.ownerOf(path);
  const folder = owner === undefined ? undefined : parts.folders.get(owner);
  if (owner === undefined || path !== (folder === '' ? 'ratchet.yaml' : `${folder}/ratchet.yaml`))
    return apply(path, 'it is of a model that the project does not have');
  return appliedOnly.has(path)
    ? apply(path, 'nothing that makes the model is another')
    : about(path, 'train', [owner], 'it configures the model');
}

/** What a model asks to be trained by trains it, and what is no code is none here either. */
function byApplication(
  path: string,
  parts: ModelParts,
  servedBy: (path: string) => readonly ServedCode[],
): FileEffect | undefined {
  const served = servedBy(path);
  const isNone = defaultRuleOf(path, '')?.rule.effect === 'nothing' || parts.askedBy(path).length > 0;
  if (served.length === 0 || isNone) return undefined;
  const names = [...new Set(served.map(({ endpoint }) => endpoint))].join(', ');
  const models = served.map(({ model }) => model);
  return about(path, 'serving', models, `it is serving code of ${names}`);
}

function byDefault(path: string, parts: ModelParts): FileEffect {
  const asked = parts.askedBy(path);
  if (asked.length > 0)
    return about(path, 'train', [...asked, ...madeOf(path, parts)], 'triggers.push.paths');
  const owner = parts.ownerOf(path);
  const folder = owner === undefined ? undefined : parts.folders.get(owner);
  const found = defaultRuleOf(path, folder ?? '');
  if (found === undefined) return about(path, 'train', madeOf(path, parts), isPart);
  const named = parts.partsOf(path).filter((part) => isNamedDespite(part, found.match));
  if (named.length > 0)
    return about(
      path,
      'train',
      named.map(({ model }) => model),
      isPart,
    );
  const { effect, because } = found.rule;
  if (effect === 'apply') return apply(path, because);
  if (effect === 'nothing') return nothing(path, because);
  return about(path, effect, owner === undefined ? [] : [owner], because);
}

const madeOf = (path: string, parts: ModelParts) =>
  [parts.ownerOf(path), ...parts.partsOf(path).map(({ model }) => model)].filter(
    (model) => model !== undefined,
  );

const preparedRules = defaultPathRules.map((rule) => ({ rule, matches: rule.paths.map(pathMatch) }));

/** Held against the path inside of the model's folder, and, save for serving code, from the root. */
function defaultRuleOf(
  path: string,
  folder: string,
): { readonly rule: DefaultPathRule; readonly match: PathMatch } | undefined {
  const inside = (whole: string) =>
    folder === '' || !whole.startsWith(`${folder}/`) ? whole : whole.slice(folder.length + 1);
  for (const { rule, matches } of preparedRules) {
    const fromModel: PathMatch = (whole) => matches.some((match) => match(inside(whole)));
    const fromRoot: PathMatch = (whole) => matches.some((match) => match(whole));
    if (fromModel(path)) return { rule, match: fromModel };
    if (rule.effect !== 'serving' && fromRoot(path)) return { rule, match: fromRoot };
  }
  return undefined;
}

/** Whether the part itself lies in what the rule is about, so that the model meant it: `experiments/late`. */
const isNamedDespite = ({ part }: HoldingPart, match: PathMatch) => match(part) || match(`${part}/-`);
