import type { ImagePolicy } from '../../domain/config/image-policy.js';
import { baseOf, checkConfiguration } from '../../domain/supply/checks/configuration-checks.js';
import { judgeScan, type ScanVerdict } from '../../domain/supply/policy/judge-scan.js';
import type { DatabaseState } from '../../domain/supply/policy/scan-input.js';
import type { ScanFinding } from '../../domain/supply/scan-finding.js';
import { matchDatabase } from './match-database.js';
import type { ReadImage } from './read-image.js';
import type { ScannerReport } from './reports/read-report.js';

/** What a scan of an image came to. */
export interface ImageScan extends ScanVerdict {
  readonly imageDigest: string;
  readonly manifestDigest: string | null;
  readonly packages: number;
  readonly database: DatabaseState;
  /** The first ten thousand; the verdict is about all. */
  readonly findings: readonly ScanFinding[];
  readonly findingsLeftOut: number;
  readonly scannedAt: string;
}

export interface ScanRequest {
  readonly image: ReadImage;
  /** Folder of advisories; null where there is none. */
  readonly database: string | null;
  readonly policy: ImagePolicy;
  /** Of other scanners about the same image. */
  readonly reports: readonly ScannerReport[];
  /** What the image was built on, where the builder knows it; else its labels say. */
  readonly base?: string;
  readonly now: string;
}

/** A hostile image may have as many faults as files. */
const mostTold = 10_000;

/** Looks for known vulnerabilities, secrets and faults of the configuration, and asks the policy what they mean. */
export async function scanImage(request: ScanRequest): Promise<ImageScan> {
  const { image, policy, reports, now } = request;
  const { manifest, inventory, secrets, files } = image;
  const base = request.base ?? baseOf(manifest.config);
  const { database, findings: known } = await matchDatabase(request.database, inventory.packages);
  const findings = [
    ...known,
    ...secrets,
    ...checkConfiguration(manifest.config, files, base),
    ...reports.flatMap((report) => report.findings),
  ];
  const verdict = judgeScan(
    {
      findings,
      packages: inventory.packages.length,
      hasOperatingSystem: hasOperatingSystem(image),
      gaps: inventory.gaps,
      database,
      reports: reports.map(({ scanner }) => scanner),
      base,
      now,
    },
    policy,
  );
  return {
    ...verdict,
    imageDigest: manifest.imageDigest,
    manifestDigest: manifest.manifestDigest,
    packages: inventory.packages.length,
    database,
    findings: findings.slice(0, mostTold),
    findingsLeftOut: Math.max(0, findings.length - mostTold),
    scannedAt: now,
  };
}

/** A name alone does not tell what the system is made of. */
function hasOperatingSystem({ inventory: { operatingSystem, packages } }: ReadImage): boolean {
  return operatingSystem !== null && packages.some(({ ecosystem }) => !['npm', 'PyPI'].includes(ecosystem));
}
