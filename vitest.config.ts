import { defineConfig } from 'vitest/config';
import { distIsBuilt } from './machine/own-program.js';
import { LongFirst } from './test/setup/long-first.js';

/** Suites of functions that keep nothing, so that one process runs file after file. */
const functions = ['test/{domain,charts,trust}/**/*.test.ts'];
/** Suites that need no stack, and do not pay for one. */
const pure = [
  'test/*.test.ts',
  'test/{machine,inference,serving,examples,fakes,docs}/**/*.test.ts',
  'test/stack/pure/**/*.test.ts',
  'test/engine/**/*.test.ts',
  'test/gateway/{hooks,pages}/**/*.test.ts',
  'test/gateway/temporal-connection.test.ts',
  'test/activities/{data,images,adapters/duckdb,adapters/egress,adapters/notifiers,steps,training,runs,registry,evaluation,policy,approvals,platform,projects,notices,serving,endpoints,monitoring}/**/*.test.ts',
  'test/cli/{policy,image,feedback,record}-*.test.ts',
  'test/scripts/*.test.ts',
  'test/monitoring/deployed-*.test.ts',
  'test/{replay,soak,workers/images}/**/*.test.ts',
];
/** Suites on the server that skips time, which may stand still: what fails there once is tried again in another room. */
const stories = ['test/workflows/**/*.test.ts'];
/** Suites that start stacks of their own. */
const supervision = [
  'test/stack/*.test.ts',
  'test/{chaos,containers}/**/*.test.ts',
  'test/security/{quiet,canary-secret}.test.ts',
  'test/recording/outages.test.ts',
];

/** Nothing phones home, and the AWS client does not announce its next major version in every file. */
const env = {
  [distIsBuilt]: 'yes',
  ORT_DISABLE_TELEMETRY: '1',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
};
/** Time-outs tell a hang from slowness on a busy machine; they measure nothing. */
const base = {
  pool: 'forks' as const,
  globalSetup: ['test/setup/build.ts'],
  testTimeout: 240_000,
  hookTimeout: 300_000,
  expect: { poll: { timeout: 120_000 } },
  env,
};

export default defineConfig({
  test: {
    maxWorkers: 2,
    sequence: { sequencer: LongFirst },
    projects: [
      { test: { ...base, name: 'functions', include: functions, isolate: false } },
      { test: { ...base, name: 'pure', include: pure } },
      { test: { ...base, name: 'stories', include: stories, retry: 1 } },
      { test: { ...base, name: 'supervision', include: supervision } },
      {
        test: {
          ...base,
          name: 'stack',
          // A file takes its own database, bucket and programs, so that the modules may stay: loading them is half the cost.
          isolate: false,
          globalSetup: [...base.globalSetup, 'test/setup/global-stack.ts'],
          setupFiles: ['test/setup/leaves-no-courier.ts'],
          include: ['test/**/*.test.ts'],
          exclude: [...functions, ...pure, ...stories, ...supervision],
        },
      },
    ],
  },
});
