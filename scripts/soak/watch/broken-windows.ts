import { canonicalText } from '../../../domain/canonical-text.js';
import type { TruthEvidence, WatchLine, WindowEvidence } from '../../../domain/monitoring/window-evidence.js';
import { summarise } from '../../../domain/monitoring/window-verdicts.js';
import type { JudgedWindow } from '../../../domain/ports/watches.js';
import type { OpenPlace } from './place.js';
import { dayAt } from './planned-days.js';
import type { PlayedSeed } from './violations.js';

/** Each day with traffic is judged once and in order, by all that had come by then, and its verdict is what its evidence says. */
export async function brokenWindows(
  { blobs }: Pick<OpenPlace, 'blobs'>,
  { plan, rows }: Pick<PlayedSeed, 'plan' | 'rows'>,
  line: WatchLine,
  windows: readonly JudgedWindow[],
): Promise<string[]> {
  const days = Array.from({ length: plan.days }, (_, day) => day).filter((day) => !plan.silent.has(day));
  const [wanted, judged] = [days.map((day) => dayAt(day)), windows.map(({ from }) => from)];
  const problems = [
    ...wanted.filter((from) => !judged.includes(from)).map((from) => `${line}: ${from} was never judged`),
    ...judged
      .filter((from) => !wanted.includes(from))
      .map((from) => `${line}: ${from} was judged without traffic`),
  ];
  let before: JudgedWindow | undefined;
  for (const window of windows) {
    const say = (text: string) => problems.push(`${line}: ${window.from}: ${text}`);
    if (before && (before.to > window.from || before.from >= window.from)) say('overlaps the window before');
    if (before && before.judgedAt > window.judgedAt) say('was judged before the window before it');
    before = window;
    const evidence = (await blobs.getJson(window.evidence)) as WindowEvidence;
    const { verdict, verdicts, numbers } = summarise(evidence);
    const { 'traffic:rows': traffic, ...kept } = window.numbers;
    if (
      !same(
        { verdict, verdicts, numbers },
        { verdict: window.verdict, verdicts: window.verdicts, numbers: kept },
      )
    )
      say('is not what its evidence says');
    const ofDay = rows.filter(({ day }) => dayAt(day) === window.from);
    const recorded = ofDay.filter(({ recordedMs }) => recordedMs <= Date.parse(window.judgedAt));
    if (window.rows !== recorded.length || traffic !== recorded.length)
      say(`counts ${window.rows} rows, and ${recorded.length} had come`);
    if (evidence.line !== 'truth') continue;
    const told = recorded.filter(({ toldMs: [first = Infinity] }) => first <= Date.parse(window.judgedAt));
    if (labelled(evidence) !== told.length)
      say(`counts ${labelled(evidence)} truths, and ${told.length} had been told`);
  }
  return problems;
}

const labelled = ({ labelled: counted, leftOut }: TruthEvidence) =>
  counted + leftOut.quarantined + leftOut.undeclared + leftOut.contested + leftOut.overShare;

/** By their JSON, whatever the order of keys: that is how they are stored. */
export function same(a: unknown, b: unknown): boolean {
  return canonicalText(a) === canonicalText(b);
}
