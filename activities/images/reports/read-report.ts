import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { ScanFinding } from '../../../domain/supply/scan-finding.js';
import { readCycloneDxReport } from './cyclonedx-report.js';
import { readSarifReport } from './sarif-report.js';

/** What another scanner found. */
export interface ScannerReport {
  /** Its name in lower case, with dashes: `trivy`. */
  readonly scanner: string;
  readonly findings: readonly ScanFinding[];
}

/** Reads a report in SARIF 2.1 or CycloneDX. Error: `REPORT_INVALID`. */
export function readReport(text: string, file: string): ScannerReport {
  const value = parsed(text, file);
  const has = (key: string) => typeof value === 'object' && value !== null && Object.hasOwn(value, key);
  if (has('runs')) return readSarifReport(value, file);
  if (has('bomFormat')) return readCycloneDxReport(value, file);
  throw new RatchetError(
    'REPORT_INVALID',
    `${file} is no report of a scanner; allowed are SARIF 2.1 and CycloneDX, as JSON`,
  );
}

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new RatchetError(
      'REPORT_INVALID',
      `${file} is no JSON; allowed are SARIF 2.1 and CycloneDX, as JSON`,
    );
  }
}
