import { metricCatalogue } from '../domain/metrics/metric-catalogue.js';

/** What people look at first, over every task; the rest follows as the catalogue has it. */
const first = ['rocAuc', 'prAuc', 'logLoss', 'brier', 'mae', 'rmse', 'r2', 'separation', 'silhouette'];
const order = [...new Set([...first, ...Object.keys(metricCatalogue)])];

/**
 * Names of metrics that the rows have, the most telling first: `count`, or more where the best of each row are more, so
 * that no row that was measured looks as if it were not.
 */
export function headlineMetrics(
  rows: readonly { readonly metrics: Readonly<Record<string, number>> }[],
  count: number,
): string[] {
  const rank = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length);
  const ranked = (names: Iterable<string>) =>
    [...new Set(names)].toSorted((a, b) => rank(a) - rank(b) || a.localeCompare(b));
  const ofRows = rows.map(({ metrics }) => ranked(Object.keys(metrics)));
  const leads = ranked(ofRows.flatMap(([best]) => best ?? []));
  const others = ranked(ofRows.flat()).filter((name) => !leads.includes(name));
  return ranked([...leads, ...others.slice(0, Math.max(0, count - leads.length))]);
}
