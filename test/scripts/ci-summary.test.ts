import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const script = join(import.meta.dirname, '../../scripts/ci-summary.mjs');
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ratchet-summary-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Assertion {
  readonly fullName: string;
  readonly status: 'passed' | 'failed';
  readonly failureMessages: readonly string[];
}

const passing: Assertion = { fullName: 'adds', status: 'passed', failureMessages: [] };
const failing = (fullName: string, message: string): Assertion => ({
  fullName,
  status: 'failed',
  failureMessages: [message],
});
const file = (name: string, assertionResults: readonly Assertion[], message = '') => ({
  name: join(process.cwd(), name),
  status: message !== '' || assertionResults.some(({ status }) => status === 'failed') ? 'failed' : 'passed',
  message,
  assertionResults,
});

/** What the script says of a report as vitest writes it. */
function summary(testResults: readonly ReturnType<typeof file>[], steps: readonly string[]) {
  const report = join(folder, 'report.json');
  const all = testResults.flatMap(({ assertionResults }) => assertionResults);
  const count = (wanted: Assertion['status']) => all.filter(({ status }) => status === wanted).length;
  const counts = { numPassedTests: count('passed'), numFailedTests: count('failed'), numPendingTests: 0 };
  writeFileSync(report, JSON.stringify({ ...counts, numTodoTests: 0, testResults }));
  return run([report, ...steps]);
}

function run(args: readonly string[]) {
  const { stdout, status } = spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' });
  return { lines: stdout.trimEnd().split('\n'), exitCode: status };
}

const lines = (count: number) => Array.from({ length: count }, (_, at) => `line ${at}`).join('\n');

describe('the summary of CI', () => {
  it('says nothing of tests that passed but how many', () => {
    expect(summary([file('test/a.test.ts', [passing])], ['checks=0', 'tests=0', 'demo=0'])).toEqual({
      lines: ['3 passed, 0 failed, 0 skipped'],
      exitCode: 0,
    });
  });

  it('says of a test without an end that it took too long', () => {
    const message = 'Error: STACK_TRACE_ERROR\n    at test/a.test.ts:9';
    const { lines: told } = summary([file('test/a.test.ts', [failing('waits', message)])], ['tests=1']);
    expect(told.slice(0, 3)).toEqual([
      'FAILED waits',
      '  in test/a.test.ts',
      '  it took longer than its time-out',
    ]);
  });

  it('names every failed test with its file and message before the last line', () => {
    const message =
      'AssertionError: \u001b[31mno\u001b[39m\n    at /repo/node_modules/x.js:1\n    at a.test.ts:9';
    const failed = [passing, failing('sums two numbers', message)];
    expect(summary([file('test/a.test.ts', failed)], ['tests=1', 'demo=3'])).toEqual({
      lines: [
        'FAILED sums two numbers',
        '  in test/a.test.ts',
        '  AssertionError: no',
        '      at a.test.ts:9',
        'demo failed with exit code 3',
        '1 passed, 2 failed, 0 skipped',
      ],
      exitCode: 1,
    });
  });

  it('names a file that broke before any test, and counts it once', () => {
    const broken = file('test/b.test.ts', [], 'no stack here');
    expect(summary([file('test/a.test.ts', [passing]), broken], ['tests=1'])).toEqual({
      lines: [
        'FAILED the file broke outside of a test',
        '  in test/b.test.ts',
        '  no stack here',
        'the test run failed without a failed test: see its output above',
        '1 passed, 1 failed, 0 skipped',
      ],
      exitCode: 1,
    });
  });

  it('shows 15 lines of a message and 20 failures, and counts the rest', () => {
    const many = Array.from({ length: 22 }, (_, at) => failing(`test ${at}`, lines(40)));
    const { lines: said } = summary([file('test/a.test.ts', many)], ['tests=1']);
    expect(said).toHaveLength(20 * (2 + 15) + 2);
    expect(said.slice(16, 18)).toEqual(['  line 14', 'FAILED test 1']);
    expect(said.slice(-2)).toEqual([
      'and 2 more failed: the report has them',
      '0 passed, 22 failed, 0 skipped',
    ]);
  });

  it('fails where there is no report', () => {
    expect(run([join(folder, 'nothing.json'), 'checks=0'])).toEqual({
      lines: ['the test run left no report', '1 passed, 1 failed, 0 skipped'],
      exitCode: 1,
    });
  });
});
