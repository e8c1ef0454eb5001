import { describe, expect, it } from 'vitest';
import { cardMarkdown } from '../../../domain/card/card-markdown.js';
import { type CardFacts, modelCard } from '../../../domain/card/model-card.js';

interface Changes {
  readonly task?: string;
  readonly threshold?: number;
  readonly findings?: readonly { readonly kind: string; readonly text: string }[];
  readonly cuts?: number;
  readonly checks?: readonly { readonly name: string; readonly verdict: string; readonly text: string }[];
  readonly waive?: string;
  readonly tier?: string;
  readonly testLooks?: number;
}

const value = (number: number) => ({
  kind: 'value',
  value: number,
  n: 10,
  interval: { low: 0.4, high: 0.6 },
});

function cardOf(changes: Changes = {}) {
  const {
    task = 'classification',
    findings = [],
    cuts = 3,
    checks = [],
    tier = 'uid',
    testLooks = 1,
  } = changes;
  const split = { metrics: { rocAuc: value(0.5) }, baseline: { rocAuc: value(0.5) } };
  const purpose = {
    intendedUse: 'To | test',
    prohibitedUses: [],
    affectedGroups: ['all'],
    sensitiveColumns: [],
  };
  const facts = {
    project: 'p',
    runId: 'the-run',
    commit: 'the-commit',
    configurationDigest: 'c',
    environmentDigest: 'e',
    isolationTier: tier,
    datasetVersion: 4,
    configuration: {
      model: 'm',
      description: 'about',
      purpose,
      training: { algorithm: 'trees' },
      dataset: { recompute: { cuts } },
      evaluation: { parity: changes.waive === undefined ? {} : { waive: changes.waive } },
    },
    manifest: {
      name: 'd',
      digest: 'abc',
      rows: { train: 3, validation: 2, test: 1 },
      quarantined: [{ rows: 5 }, { rows: 6 }],
      sources: [{ table: 't', source: 's', rows: 9 }],
      features: [{ name: 'v', version: 2 }],
      checks,
    },
    file: { sha256: 'f' },
    report: {
      evaluation: {
        task,
        findings,
        splits: { train: split, validation: split, test: split },
        slices: [],
        ...(changes.threshold === undefined ? {} : { threshold: changes.threshold }),
      },
      gates: [],
      testLooks,
    },
  };
  return modelCard(facts as unknown as CardFacts);
}

describe('the threshold on a card', () => {
  it.each([
    [{ threshold: 0.25 }, 'Threshold 0.250, tuned on validation.'],
    [
      { threshold: 0.5, findings: [{ kind: 'threshold', text: 'the threshold stays at 0.5' }] },
      'Threshold 0.500, not tuned, see the limits.',
    ],
    [{ threshold: 0.1, task: 'anomaly' }, 'Threshold 0.100, the 95th percentile of the scores on train.'],
  ])('is said with how it came about: %o', (changes, sentence) => {
    expect(cardMarkdown(cardOf(changes))).toContain(`\n${sentence}\n`);
  });

  it('is not said where there is none', () => {
    expect(cardMarkdown(cardOf({ task: 'regression' }))).not.toContain('Threshold');
  });
});

describe('the limits of a card', () => {
  it('are none where nothing speaks against the numbers', () => {
    expect(cardOf().limits).toEqual([]);
    expect(cardMarkdown(cardOf())).toContain('## Limits\n\nNone were found.');
  });

  it('name findings, what was waived, what could not be checked, missing isolation and many looks', () => {
    const limits = cardOf({
      findings: [{ kind: 'baseline', text: 'no better than the mean' }],
      waive: 'a copy',
      checks: [
        { name: 'contract', verdict: 'pass', text: 'fine' },
        { name: 'recompute', verdict: 'inconclusive', text: 'there is no predictAt' },
      ],
      tier: 'none',
      testLooks: 2,
    }).limits.join('\n');
    expect(limits).toContain('no better than the mean');
    expect(limits).toContain('The parity gate was waived: a copy');
    expect(limits).toContain('The check recompute of the dataset is inconclusive: there is no predictAt');
    expect(limits).not.toContain('contract');
    expect(limits).toContain('without isolation');
    expect(limits).toContain('looked at 2 times');
  });

  it('tell a waived check once', () => {
    const checks = [{ name: 'recompute', verdict: 'inconclusive', text: 'waived by recompute.cuts: 0' }];
    expect(cardOf({ cuts: 0, checks }).limits).toEqual(['The check that no feature looks ahead was waived.']);
  });
});

it('a card says from which rows, views and code the version came, and lets no text of a project be markup', () => {
  const text = cardMarkdown(cardOf());
  expect(text).toContain(
    'Dataset d, version 4 (`abc`): 3 rows to train, 2 to validate, 1 to test; 11 set aside.',
  );
  expect(text).toContain('- Feature views: v (version 2)');
  expect(text).toContain('- commit: `the-commit`');
  expect(text).not.toContain('To | test');
});
