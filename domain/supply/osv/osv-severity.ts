import { cvssBaseScore } from '../cvss.js';
import { type Severity, severityOfScore, severityOfWord, worstOf } from '../severity.js';
import type { OsvAffected, OsvEntry } from './osv-entry.js';

/** The worst rating that an advisory gives: of its CVSS v3 vectors, and of the words of its database. */
export function osvSeverity(entry: OsvEntry, affected: OsvAffected): Severity {
  const scores = [...(entry.severity ?? []), ...(affected.severity ?? [])]
    .map(({ score }) => cvssBaseScore(score))
    .filter((score) => score !== undefined);
  const words = [
    entry.database_specific?.severity,
    affected.database_specific?.severity,
    affected.ecosystem_specific?.severity,
    affected.ecosystem_specific?.urgency,
  ].filter((word) => word !== undefined);
  return worstOf([...scores.map(severityOfScore), ...words.map(severityOfWord)]);
}
