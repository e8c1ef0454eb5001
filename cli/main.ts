#!/usr/bin/env node
import { runCli } from './run-cli.js';

/** Whoever reads us may stop before the end, as `head` does; that is no failure. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

const exitCode = await runCli(process.argv.slice(2));
if (exitCode !== 0) process.exitCode = exitCode;
