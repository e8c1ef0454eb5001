import { messageOf } from '../domain/errors/ratchet-error.js';
import { migrate } from './migrate.js';

const ownerUrl = process.env['DATABASE_OWNER_URL'];

if (ownerUrl === undefined || ownerUrl === '') {
  console.error('DATABASE_OWNER_URL is not set; migrations need the role that owns the database');
  process.exitCode = 1;
} else {
  try {
    await migrate(ownerUrl);
    console.log('the database is up to date');
  } catch (error) {
    console.error(`the database could not be migrated: ${messageOf(error)}`);
    process.exitCode = 1;
  }
}
