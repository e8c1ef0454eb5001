import { messageOf } from '../domain/errors/ratchet-error.js';
import { findPostgres } from './parts/postgres-program.js';
import { findTemporal } from './parts/temporal-program.js';
import { ensureTools } from './toolchain.js';

/** Makes the programs of the embedded parts ready before anybody waits for them: `[--tests]`. */
const say = (text: string) => console.log(text);

try {
  await findTemporal(say);
  await findPostgres();
  await ensureTools(process.argv.includes('--tests') ? ['weed', 'temporal-test-server'] : ['weed'], say);
} catch (error) {
  console.error(messageOf(error));
  process.exitCode = 1;
}
