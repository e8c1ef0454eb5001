import { hash } from 'node:crypto';
import { chainText, genesisHash } from '../domain/audit/chain-text.js';
import type { AuditCheckpoint, AuditEvent } from '../domain/ports/audit.js';

export type AuditFindingKind = 'edited' | 'missing' | 'reordered' | 'replaced' | 'truncated' | 'rewritten';

/** What is wrong, and at which row. */
export interface AuditFinding {
  readonly kind: AuditFindingKind;
  readonly seq: number;
  readonly text: string;
}

export interface AuditReport {
  /** Rows that were read. */
  readonly rows: number;
  /** The last of them; undefined where there was none. */
  readonly head: AuditCheckpoint | undefined;
  /** Checkpoints that the chain goes through as they say. */
  readonly checkpoints: number;
  /** The first hundred, in the order of rows. */
  readonly findings: readonly AuditFinding[];
}

export interface AuditExpectation {
  /** Where the chain says that it ends. */
  readonly head?: AuditCheckpoint | undefined;
  /** Whose signatures were checked: without one, a chain that was computed anew as a whole looks like any other. */
  readonly checkpoints?: readonly AuditCheckpoint[];
}

/** What was seen so far. */
interface Reading {
  rows: number;
  met: number;
  /** The row with the largest number. */
  last: AuditEvent | undefined;
  /** Rows whose text has another hash. */
  readonly edited: AuditEvent[];
  readonly gaps: { readonly from: number; readonly to: number }[];
  readonly displaced: Set<number>;
  readonly findings: AuditFinding[];
}

const mostFindings = 100;

/**
 * Reads a chain from its first row to its last, and names what does not fit. Rows come in the order in which they are
 * kept, pages of any size. An edit shows at its row, whose text no longer has its hash; a deletion by its number; a
 * reorder by a row that has the hash of another's place; a row that was replaced together with its hash by the row
 * after it; a truncation by the head or a checkpoint behind it; a chain that was computed anew by a checkpoint alone.
 */
export async function verifyAudit(
  pages: AsyncIterable<readonly AuditEvent[]>,
  { head, checkpoints = [] }: AuditExpectation,
): Promise<AuditReport> {
  const wanted = new Map(checkpoints.map((checkpoint) => [checkpoint.seq, checkpoint]));
  const reading: Reading = {
    ...{ rows: 0, met: 0, last: undefined },
    ...{ edited: [], gaps: [], displaced: new Set(), findings: [] },
  };
  let isFull = false;
  for await (const page of pages) {
    for (const row of page) {
      read(reading, row, wanted.get(row.seq));
      if (row.seq === head?.seq && row.hash !== head.hash) reading.findings.push(notTheHead(head));
      isFull = reading.findings.length + reading.edited.length + reading.gaps.length >= mostFindings;
      if (isFull) break;
    }
    if (isFull) break;
  }
  const { rows, met, last } = reading;
  const named = new Set(reading.edited.map(({ seq }) => seq));
  const end = last && { seq: last.seq, hash: last.hash, at: last.at };
  const findings = [
    ...reading.findings.filter(({ kind, seq }) => kind !== 'replaced' || !named.has(seq)),
    ...gapFindings(reading),
    ...editFindings(reading.edited),
    ...(isFull ? [] : endFindings(end, head, checkpoints)),
  ].sort((a, b) => a.seq - b.seq);
  return { rows, head: end, checkpoints: met, findings: findings.slice(0, mostFindings) };
}

function read(reading: Reading, row: AuditEvent, checkpoint: AuditCheckpoint | undefined): void {
  const { last, findings, edited } = reading;
  const expected = (last?.seq ?? 0) + 1;
  const { seq } = row;
  const isEdited = hashOf(row) !== row.hash;
  reading.rows += 1;
  if (isEdited) edited.push(row);
  if (seq < expected) {
    reading.displaced.add(seq);
    findings.push({ kind: 'reordered', seq, text: `row ${seq} stands after row ${expected - 1}` });
    return;
  }
  if (seq > expected) reading.gaps.push({ from: expected, to: seq - 1 });
  else if (row.previous !== (last?.hash ?? genesisHash) && !isEdited) findings.push(unlinked(row, last));
  if (checkpoint?.hash === row.hash) reading.met += 1;
  else if (checkpoint) findings.push(rewritten(checkpoint));
  reading.last = row;
}

function hashOf(row: Omit<AuditEvent, 'hash'>): string {
  return hash('sha256', chainText(row), 'hex');
}

/** A row that is whole and follows another than stands before it: that one is not the row that was written. */
function unlinked({ seq }: AuditEvent, before: AuditEvent | undefined): AuditFinding {
  if (before === undefined) {
    return { kind: 'replaced', seq, text: `row ${seq} was replaced: it follows a row, and is the first` };
  }
  const text = `row ${before.seq} was replaced: row ${seq} follows a row with another hash`;
  return { kind: 'replaced', seq: before.seq, text };
}

/** Numbers that never came; one that came late is a row out of its place. */
function gapFindings({ gaps, displaced }: Reading): AuditFinding[] {
  return gaps
    .filter(({ from, to }) => from !== to || !displaced.has(from))
    .map(({ from, to }) => {
      const which = from === to ? `row ${from} is` : `rows ${from} to ${to} are`;
      return { kind: 'missing', seq: from, text: `${which} missing before row ${to + 1}` };
    });
}

/** With the number of another edited row a row may have its hash: then it was written in that place. */
function editFindings(edited: readonly AuditEvent[]): AuditFinding[] {
  return edited.map((row) => {
    const { seq } = row;
    const place = edited.find(
      (other) => other.seq !== seq && hashOf({ ...row, seq: other.seq }) === row.hash,
    );
    return place === undefined
      ? { kind: 'edited', seq, text: `row ${seq} was edited: its text does not have its hash` }
      : { kind: 'reordered', seq, text: `row ${seq} is what was written as row ${place.seq}` };
  });
}

/** What says that the chain goes on. */
function endFindings(
  end: AuditCheckpoint | undefined,
  head: AuditCheckpoint | undefined,
  checkpoints: readonly AuditCheckpoint[],
): AuditFinding[] {
  const last = end?.seq ?? 0;
  const farthest = checkpoints.reduce((most, { seq }) => Math.max(most, seq), 0);
  const beyond = Math.max(head?.seq ?? 0, farthest);
  if (beyond > last) {
    const by = farthest > last ? `the checkpoint of row ${farthest}` : 'the head of the chain';
    const text = `rows ${last + 1} to ${beyond} are gone: ${by} was made after them`;
    return [{ kind: 'truncated', seq: last + 1, text }];
  }
  return [];
}

function notTheHead({ seq }: AuditCheckpoint): AuditFinding {
  return { kind: 'replaced', seq, text: `row ${seq} was replaced: the head of the chain has another hash` };
}

function rewritten({ seq, at }: AuditCheckpoint): AuditFinding {
  return {
    kind: 'rewritten',
    seq,
    text: `row ${seq} is not the one of the checkpoint of ${at}: the chain was computed anew up to here`,
  };
}
