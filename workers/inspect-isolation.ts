import { findInterpreter } from '../activities/adapters/environments/python-interpreter.js';
import { createLauncher } from '../activities/adapters/launcher/create-launcher.js';
import { isolationTiers } from '../domain/ports/launcher.js';
import { loadSection } from '../temporal.config.js';

/** Prints which isolation tiers training gets on this machine, as JSON. Needs no part of the stack. */
async function main(): Promise<void> {
  const { isolation } = loadSection('workers', process.env);
  const { dir } = loadSection('state', process.env);
  const { path } = await findInterpreter();
  const launcher = createLauncher({
    stateDir: dir,
    python: path,
    tiers: isolationTiers.slice(isolationTiers.indexOf(isolation)),
  });
  process.stdout.write(`${JSON.stringify(await launcher.inspect())}\n`);
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);
