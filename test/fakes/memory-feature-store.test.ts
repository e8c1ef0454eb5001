import { describe } from 'vitest';
import { featureStoreConformance } from '../conformance/feature-store.js';
import { createMemoryFeatureStore } from './memory-feature-store.js';

describe('the feature store in memory', () => {
  featureStoreConformance(async () => ({ features: createMemoryFeatureStore(['p']), project: 'p' }));
});
