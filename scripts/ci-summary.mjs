/**
 * node scripts/ci-summary.mjs <vitest report> <name>=<exit code>...: what failed in the tests, and as the last line how
 * many of all suites passed. The linters and the demo count as one each; a test run that broke without a failed test
 * counts as a failure too.
 */
import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

/** Who keeps the end of a long output alone still has room for these. */
const mostFailures = 20;
const mostLines = 15;
/** What Vitest's report has in place of the message where a test ran out of time. */
const outOfTime = 'Error: STACK_TRACE_ERROR';

const [report = '', ...steps] = process.argv.slice(2);
const counted = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : undefined;
const lines = failuresOf(counted?.testResults ?? []);
let passed = counted?.numPassedTests ?? 0;
let failed = counted?.numFailedTests ?? 0;
const skipped = (counted?.numPendingTests ?? 0) + (counted?.numTodoTests ?? 0);

for (const step of steps) {
  const [name, code] = step.split('=');
  if (name === 'tests') {
    if (code !== '0' && failed === 0) {
      failed += 1;
      lines.push('the test run failed without a failed test: see its output above');
    }
  } else if (code === '0') {
    passed += 1;
  } else {
    failed += 1;
    lines.push(`${name} failed with exit code ${code}`);
  }
}
if (counted === undefined) {
  failed += 1;
  lines.push('the test run left no report');
}
for (const line of lines) console.log(line);
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;

/** Title, file and the beginning of the message of what failed: tests, and files that broke outside of one. */
function failuresOf(files) {
  const found = files.flatMap(({ name, status, message, assertionResults }) => [
    ...assertionResults
      .filter((test) => test.status === 'failed')
      .map((test) => [test.fullName, name, test.failureMessages.join('\n')]),
    ...(status === 'failed' && message ? [['the file broke outside of a test', name, message]] : []),
  ]);
  const more = found.length - mostFailures;
  return [
    ...found.slice(0, mostFailures).flatMap(failureLines),
    ...(more > 0 ? [`and ${more} more failed: the report has them`] : []),
  ];
}

function failureLines([title, file, message]) {
  const own = stripVTControlCharacters(message)
    .replace(outOfTime, 'it took longer than its time-out')
    .split('\n')
    .filter((line) => !line.includes('/node_modules/'));
  const shown = own.slice(0, mostLines).map((line) => `  ${line}`.trimEnd());
  return [`FAILED ${title}`, `  in ${relative(process.cwd(), file)}`, ...shown];
}
