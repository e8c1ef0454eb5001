import type { MonitoringConfig } from '../config/monitoring.js';
import { evidenceOf, hasSkew, type ToldEvidence, type WindowVerdicts } from './evidence-of.js';
import { type TimedVerdicts, wrongDataIn } from './wrong-data.js';

/** The newest windows of one version on both lines, oldest first. */
interface TimedHistory {
  readonly inputs: readonly TimedVerdicts[];
  readonly truth: readonly TimedVerdicts[];
}

/**
 * What the last windows of an endpoint say together, as `evidenceOf`, where truth may come long after its inputs. Data that
 * was wrong says nothing but that, later neither: nor does the truth of answers to it. And a loss belongs to inputs that
 * moved where they had moved in the windows whose truth it is, whatever they have done since.
 */
export function toldByWindows(
  { inputs, truth }: TimedHistory,
  rules: Pick<MonitoringConfig, 'drift' | 'conditions'>,
): ToldEvidence {
  const isWrong = wrongDataIn(inputs);
  const sound = {
    inputs: inputs.map(({ verdicts, ...window }) => ({ ...window, verdicts: withoutWrong(verdicts) })),
    truth: truth.map((window) => (isWrong(window) ? { ...window, verdicts: unknown(window) } : window)),
  };
  const told = evidenceOf(verdictsOf(sound), rules);
  const knownTo = truth.at(-1)?.to;
  if (knownTo === undefined || told.evidence.realised !== 'fail' || told.evidence.inputs === 'fail')
    return told;
  const then = evidenceOf(
    verdictsOf({ ...sound, inputs: sound.inputs.filter(({ to }) => to <= knownTo) }),
    rules,
  );
  if (then.evidence.inputs !== 'fail') return told;
  const { moved, together } = then;
  return { ...told, moved, together, evidence: { ...told.evidence, inputs: 'fail' } };
}

function withoutWrong(verdicts: WindowVerdicts): WindowVerdicts {
  if (!hasSkew(verdicts)) return verdicts;
  const told = Object.entries(verdicts).map(([name, verdict]) => [
    name,
    name.startsWith('skew:') ? verdict : 'inconclusive',
  ]);
  return Object.fromEntries(told);
}

const unknown = ({ verdicts }: TimedVerdicts): WindowVerdicts =>
  Object.fromEntries(Object.keys(verdicts).map((name) => [name, 'inconclusive']));

const verdictsOf = ({ inputs, truth }: TimedHistory) => ({
  inputs: inputs.map(({ verdicts }) => verdicts),
  truth: truth.map(({ verdicts }) => verdicts),
});
