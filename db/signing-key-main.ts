import { readFile } from 'node:fs/promises';
import { messageOf } from '../domain/errors/ratchet-error.js';
import { connect } from './client.js';
import { createSigningKeyOwner } from './signing-keys.js';

const usage = 'usage: signing-key-main.js register <public-key.pem> | end <key id> | revoke <key id>';

/** Registers, ends or revokes a signing key, as the owner of the database. */
async function main(verb: string | undefined, which: string | undefined): Promise<string> {
  const url = process.env['DATABASE_OWNER_URL'];
  if (url === undefined || url === '') {
    throw new Error('DATABASE_OWNER_URL is not set; keys need the role that owns the database');
  }
  if (which === undefined) throw new Error(usage);
  const database = connect(url, { poolSize: 1, application: 'signing-key' });
  const keys = createSigningKeyOwner(database);
  try {
    if (verb === 'register') {
      return `key ${await keys.register(await readFile(which, 'utf8'), new Date().toISOString())} counts`;
    }
    if (verb === 'end') return await keys.end(which).then(() => `key ${which} signs no more`);
    if (verb === 'revoke') return await keys.revoke(which).then(() => `key ${which} counts no more`);
    throw new Error(usage);
  } finally {
    await database.close();
  }
}

try {
  console.log(await main(process.argv[2], process.argv[3]));
} catch (error) {
  console.error(messageOf(error));
  process.exitCode = 1;
}
