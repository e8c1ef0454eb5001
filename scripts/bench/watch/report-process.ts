import { evidenceOf } from '../../../domain/monitoring/evidence-of.js';
import { drift, freezeColumns, judged, judgedTogether, profileOf } from './judged-table.js';
import type { MeasuredReport } from './measure-report.js';
import { normalTable } from './normal-table.js';

/** One report, in a process of its own, whose memory is that of the report: `node report-process.js <rows>`. */
const rows = Number(process.argv[2]);
const next = normalTable(7);
const [reference, window] = [next(rows), next(rows)];
const tablesMiB = peakMiB();
const frozen = cpuSeconds(() => freezeColumns(reference));
const columns = cpuSeconds(() => {
  const verdicts = judged(frozen.result, window);
  return evidenceOf({ inputs: [verdicts, verdicts], truth: [] }, { drift, conditions: {} });
});
const columnsMiB = peakMiB();
const profile = cpuSeconds(() => profileOf(reference, true));
const together = cpuSeconds(() => judgedTogether(profile.result, window));
const measured: MeasuredReport = {
  ...{ freezeColumnsS: frozen.seconds, columnsS: columns.seconds },
  ...{ profileS: profile.seconds, togetherS: together.seconds },
  ...{ tablesMiB, columnsMiB, peakMiB: peakMiB() },
};
process.stdout.write(`${JSON.stringify(measured)}\n`);

function peakMiB(): number {
  return process.resourceUsage().maxRSS / 1024;
}

function cpuSeconds<T>(work: () => T): { readonly result: T; readonly seconds: number } {
  const before = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(before);
  return { result, seconds: (user + system) / 1e6 };
}
