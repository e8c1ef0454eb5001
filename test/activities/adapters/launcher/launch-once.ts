import { createLauncher } from '../../../../activities/adapters/launcher/create-launcher.js';
import type { LaunchSpec } from '../../../../domain/ports/launcher.js';

/** A worker of its own for tests that kill it: `launch-once.ts STATE_DIR PYTHON SPEC`; prints report and result. */
const [stateDir = '', python = '', spec = '{}'] = process.argv.slice(2);
const launcher = createLauncher({ stateDir, python });
const report = await launcher.inspect();
const result = await launcher.launch(JSON.parse(spec) as LaunchSpec);
process.stdout.write(JSON.stringify({ report, result }));
