import { classify } from './classify.js';
import type { ToldEvidence } from './evidence-of.js';
import type { CauseObservation } from './incidents/incident.js';
import type { WindowEvidence } from './window-evidence.js';
import { summarise } from './window-verdicts.js';

/** The cause of all that is about a version and the world; what is wrong with data has one cause a kind. */
export const modelCause = (version: number) => `model:${version}`;
const skewCause = (kind: string) => `skew:${kind}`;

/**
 * What a judged window says of each cause, those that are open among them. Data that is wrong says nothing about the
 * world: while it is, the model's cause is left as it stands.
 *
 * @param told by the last windows, this one among them
 * @param open causes of open incidents
 * @param version that answered in the window: what was about another one is over
 */
export function observeWindow(
  window: WindowEvidence,
  told: ToldEvidence,
  { open, version }: { readonly open: readonly string[]; readonly version: number },
): CauseObservation[] {
  const skews = window.line === 'inputs' ? observeSkew(window, open) : [];
  const cause = modelCause(version);
  const others = open.filter((other) => other.startsWith('model') && other !== cause);
  const because = `version ${version} answers in its place`;
  const over = others.map((other) => ({ cause: other, kind: 'over', because }) as const);
  return [...over, ...skews, observeModel(cause, window, told)];
}

function observeSkew(
  { window, skew, rows }: Extract<WindowEvidence, { line: 'inputs' }>,
  open: readonly string[],
): CauseObservation[] {
  const kinds = [...new Set(skew.map(({ kind }) => kind))];
  const seen = kinds.map((kind): CauseObservation => {
    const findings = skew.filter((finding) => finding.kind === kind);
    const because = findings.map(({ text }) => text).join('; ');
    const columns = findings.flatMap(({ column }) => column ?? []);
    return {
      cause: skewCause(kind),
      kind: 'seen',
      sight: { window, kind: 'data-skew', because, columns },
    };
  });
  const gone = open.filter(
    (cause) => cause.startsWith('skew:') && !kinds.some((kind) => skewCause(kind) === cause),
  );
  return [...seen, ...gone.map((cause) => ({ cause, kind: rows === 0 ? 'inconclusive' : 'quiet' }) as const)];
}

/** A window of truth adds what it lost; whether the cause is gone is for windows of inputs to say. */
function observeModel(cause: string, window: WindowEvidence, told: ToldEvidence): CauseObservation {
  const { evidence, moved, lost } = told;
  const found = classify(evidence);
  const isSilent = window.line === 'truth' && lost.length === 0 && evidence.outcomes !== 'fail';
  if (isSilent || found?.kind === 'data-skew') return { cause, kind: 'inconclusive' };
  if (found === null) {
    const isQuiet = window.line === 'inputs' && summarise(window).verdict === 'pass';
    return { cause, kind: isQuiet ? 'quiet' : 'inconclusive' };
  }
  const isSkewed = found.kind === 'training-serving-skew';
  const first = isSkewed && window.line === 'inputs' ? window.firstWindow : null;
  const details = [
    first?.text ?? '',
    moved.length > 0 ? `moved: ${moved.join(', ')}` : '',
    ...togetherTexts(window, told),
    lost.length > 0 ? `lost: ${lost.join(', ')}` : '',
    ...qualityTexts(window, told),
  ].filter((part) => part !== '');
  const because = [found.because, ...details].join('; ');
  const sight = { window: window.window, kind: found.kind, because, columns: first?.columns ?? moved };
  return { cause, kind: 'seen', sight };
}

function qualityTexts(window: WindowEvidence, { evidence, lost }: ToldEvidence): string[] {
  if (window.line === 'inputs') {
    const { estimated } = window;
    return estimated !== null && evidence.estimated === 'fail' ? [estimated.text] : [];
  }
  const { concept, outcomes } = window;
  return [
    ...(concept !== null && lost.includes('concept') ? [concept.text] : []),
    ...(outcomes !== null && evidence.outcomes === 'fail' ? [outcomes.text] : []),
  ];
}

/** What moved of all inputs together; the numbers are those of the window where it is one of inputs. */
function togetherTexts(window: WindowEvidence, { together }: ToldEvidence): string[] {
  const words = { multivariate: 'all inputs together', outliers: 'rows that lie alone' } as const;
  return together.map((name) => {
    const text = window.line === 'inputs' ? window[name]?.text : undefined;
    return text === undefined ? words[name] : `${words[name]}: ${text}`;
  });
}
