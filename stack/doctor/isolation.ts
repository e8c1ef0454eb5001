import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { messageOf } from '../../domain/errors/ratchet-error.js';
import { isolationTiers } from '../../domain/ports/launcher.js';
import { packageRoot } from '../package-root.js';
import { type Finding, missing, ok, weak } from './finding.js';

const reportShape = z.object({
  tier: z.enum(isolationTiers),
  tiers: z.array(z.object({ tier: z.enum(isolationTiers), available: z.boolean(), reason: z.string() })),
  mend: z.string().optional(),
});

/** Which isolation training gets here, asked of a worker's own code. */
export async function isolationFinding(env: NodeJS.ProcessEnv): Promise<Finding> {
  const program = join(packageRoot(), 'dist', 'workers', 'inspect-isolation.js');
  if (!existsSync(program)) return missing('isolation', `${program} is not built`, 'npm run build');
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [program], { env, timeout: 60_000 });
    const { tier, tiers, mend } = reportShape.parse(JSON.parse(stdout));
    const stronger = tiers.filter((row) => !row.available).map((row) => `${row.tier}: ${row.reason}`);
    const found = [tier, ...stronger].join('; ');
    if (tier === 'none') return missing('isolation', found, mend ?? 'install Docker, or run as root');
    return mend === undefined ? ok('isolation', found) : weak('isolation', found, mend);
  } catch (error) {
    return missing('isolation', messageOf(error), `node ${program}`);
  }
}
