import { resolve } from 'node:path';
import type { Command } from 'commander';
import { z } from 'zod';
import { RatchetError } from '../domain/errors/ratchet-error.js';
import { askAboutImage } from '../machine/image-process.js';
import { printScan, printVerification, scanShape, verificationShape } from './image-print.js';
import { printJson } from './print.js';

interface ScanOptions {
  readonly database?: string;
  readonly policy?: string;
  readonly report: readonly string[];
  readonly json?: boolean;
}

interface VerifyOptions {
  readonly attestations: string;
  readonly key: readonly string[];
  readonly bom?: string;
  readonly json?: boolean;
}

/** `ratchet image scan|verify|bom`, which work on files alone. */
export function registerImageCommands(program: Command): void {
  const image = program
    .command('image')
    .description('what is in an image, whether it may run, and who says so');
  registerScan(image);
  registerVerify(image);
  registerBom(image);
}

const several = (value: string, before: readonly string[]) => [...before, value];

function registerScan(image: Command): void {
  image
    .command('scan <archive>')
    .description('looks for known vulnerabilities, secrets and faults, and asks a policy; needs no network')
    .option(
      '--database <folder>',
      'advisories, each ecosystem at <ecosystem>/all.zip, as osv-scanner keeps them',
    )
    .option('--policy <file>', 'an image-policy.yaml (default: the one that holds without a file)')
    .option(
      '--report <file>',
      'report of another scanner, SARIF or CycloneDX; may be given several times',
      several,
      [],
    )
    .option('--json', 'print JSON for programs')
    .addHelpText(
      'after',
      '\nExample:\n  ratchet image scan app.tar --database /srv/osv --policy image-policy.yaml',
    )
    .action(async (archive: string, options: ScanOptions) => {
      const scan = await askAboutImage(scanShape, {
        command: 'scan',
        archive: resolve(archive),
        database: options.database === undefined ? null : resolve(options.database),
        policy: options.policy ?? null,
        reports: options.report,
        now: new Date().toISOString(),
      });
      if (options.json) printJson(scan);
      else printScan(scan);
      if (scan.verdict === 'pass') return;
      const reasons = scan.reasons.filter(({ verdict }) => verdict !== 'pass').map(({ rule }) => rule);
      throw new RatchetError(
        'IMAGE_REFUSED',
        `the verdict is ${scan.verdict}: ${[...new Set(reasons)].join(', ')}`,
      );
    });
}

function registerVerify(image: Command): void {
  image
    .command('verify <archive>')
    .description('checks every signed statement about an image with keys of your own; needs no network')
    .requiredOption('--attestations <file>', 'envelopes: one, a list, or one a line')
    .requiredOption('--key <file>', 'public key, PEM or JSON; may be given several times', several, [])
    .option('--bom <file>', 'bill of materials that must be the one that was signed')
    .option('--json', 'print JSON for programs')
    .addHelpText(
      'after',
      '\nExample:\n  ratchet image verify app.tar --attestations app.intoto.jsonl --key ratchet.pem',
    )
    .action(async (archive: string, options: VerifyOptions) => {
      const verification = await askAboutImage(verificationShape, {
        command: 'verify',
        archive: resolve(archive),
        attestations: options.attestations,
        keys: options.key,
        materials: options.bom ?? null,
        now: new Date().toISOString(),
      });
      if (options.json) printJson(verification);
      else printVerification(verification);
      if (verification.ok) return;
      const missing = verification.statements.filter(({ ok }) => !ok);
      const told = missing.map(({ kind, text }) => `${kind}: ${text}`).join('; ');
      throw new RatchetError(
        'IMAGE_REFUSED',
        `${missing.length} of ${verification.statements.length} statements do not count: ${told}`,
      );
    });
}

function registerBom(image: Command): void {
  image
    .command('bom <archive>')
    .description('prints the bill of materials of an image: CycloneDX 1.6, JSON')
    .option('--json', 'as without it')
    .addHelpText('after', '\nExample:\n  ratchet image bom app.tar > app.cdx.json')
    .action(async (archive: string) => {
      printJson(
        await askAboutImage(z.record(z.string(), z.unknown()), { command: 'bom', archive: resolve(archive) }),
      );
    });
}
