import type { BenchReport, Figure } from './figures.js';
import { type MeasuredReport, measureReport } from './watch/measure-report.js';
import { powerNotes } from './watch/power-notes.js';
import { type MeasuredPeer, measurePeers } from './watch/report-peers.js';

const sizes = [
  { size: '100k', rows: 100_000, limit: { reportS: 1 } },
  { size: '1M', rows: 1_000_000, limit: { reportS: 8, peakMiB: 700 } },
] as const;

/** What a window costs beside a reference of as many rows, and how often three of 20 columns that moved a little are found. */
export async function benchWatchWindow(): Promise<BenchReport> {
  const measured: MeasuredReport[] = [];
  for (const { rows } of sizes) measured.push(await measureReport(rows));
  const peers = await measurePeers();
  return {
    name: 'watch-window',
    about:
      'processor time of windows by 20 columns, each in a process of its own, and what is found in small ones',
    figures: sizes.flatMap((of, at) => {
      const beside = 'reason' in peers ? [] : peers.filter(({ rows }) => rows === of.rows);
      return figuresOf(of, measured[at], beside);
    }),
    notes: [
      ...('reason' in peers ? [`other programs were not measured: ${peers.reason}`] : []),
      'Evidently 130 s and 2.2 GiB at a million rows: measured on a quiet 2-core machine, not in this run',
      ...[500, 2000].flatMap((rows) => powerNotes(rows)),
    ],
  };
}

function figuresOf(
  { size, limit }: (typeof sizes)[number],
  measured: MeasuredReport | undefined,
  peers: readonly MeasuredPeer[],
): readonly Figure[] {
  if (measured === undefined) return [];
  const { freezeColumnsS, columnsS, profileS, togetherS, tablesMiB, columnsMiB, peakMiB } = measured;
  const report = {
    what: `${size}: columns of both tables`,
    value: freezeColumnsS + columnsS,
    unit: 's',
  } as const;
  const memory = { what: `${size}: memory at the end`, value: peakMiB, unit: 'MiB' } as const;
  return [
    { ...report, limit: limit.reportS },
    ...peers.map((peer) => ({ ...report, peer: { name: peer.name, value: peer.seconds } })),
    { what: `${size}: of that the window alone`, value: columnsS, unit: 's' },
    { what: `${size}: all columns together, and outliers`, value: togetherS, unit: 's', limit: 1 },
    { what: `${size}: freezing all of the reference, once`, value: profileS, unit: 's' },
    { what: `${size}: memory with both tables`, value: tablesMiB, unit: 'MiB' },
    { what: `${size}: memory after the columns`, value: columnsMiB, unit: 'MiB' },
    { ...memory, ...('peakMiB' in limit ? { limit: limit.peakMiB } : {}) },
    ...peers.map((peer) => ({ ...memory, peer: { name: peer.name, value: peer.peakMiB } })),
  ];
}
