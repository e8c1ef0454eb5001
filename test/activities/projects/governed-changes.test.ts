import { describe } from 'vitest';
import { governedChangesConformance } from '../../conformance/governed-changes.js';
import { organisationChangesConformance } from '../../conformance/organisation-changes.js';
import { createMemoryBlobStore } from '../../fakes/memory-blob-store.js';
import { createMemoryStores } from '../../fakes/stores/memory-stores.js';

const stores = async () => ({ ...createMemoryStores(), blobs: createMemoryBlobStore(), project: 'trips' });

describe('a change of a project, in memory', () => governedChangesConformance(stores));
describe('the project of the organisation, in memory', () => organisationChangesConformance(stores));
