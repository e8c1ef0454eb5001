import type { ReleaseStore } from '../domain/ports/releases.js';
import type { Database } from './client.js';
import { createReleaseRecords, releaseOwner } from './release-records.js';
import { takeTurn } from './release-turns.js';
import { createStepFindings } from './step-findings.js';
import { createSteps } from './steps.js';

export function createReleaseStore(database: Database): ReleaseStore {
  return {
    ...createReleaseRecords(database),
    takeTurn: (id) => database.transaction((session) => takeTurn(session, id)),
    ...createSteps(database, releaseOwner),
    ...createStepFindings(database, releaseOwner),
  };
}
