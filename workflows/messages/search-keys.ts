import { defineSearchAttributeKey } from '@temporalio/common';
import { searchAttributes } from '../../domain/names.js';

/** Search attributes of runs, by their name. */
export const runSearchKeys = {
  [searchAttributes.project]: defineSearchAttributeKey(searchAttributes.project, 'KEYWORD'),
  [searchAttributes.model]: defineSearchAttributeKey(searchAttributes.model, 'KEYWORD'),
  [searchAttributes.runId]: defineSearchAttributeKey(searchAttributes.runId, 'KEYWORD'),
} as const;
