import { describe, expect, it } from 'vitest';
import { recordSchema } from '../../../domain/config/record.js';
import { hiddenColumns, recordRules, recordSettings } from '../../../domain/serving/record-rules.js';

const declared = (record: object, sensitiveColumns: string[] = []) => ({
  ...{ record: recordSchema.parse(record), purpose: { sensitiveColumns } },
  evaluation: { inputs: ['name', 'age', 'seat'] },
});
const key = 'secret://mask-key';

describe('what is recorded of requests', () => {
  it('is all of it where nobody says otherwise', () => {
    expect(recordRules(declared({}))).toBeNull();
    expect(recordSettings(undefined)).toEqual({});
  });

  it('is nothing of sensitive inputs without a key, and a digest of them with one', () => {
    expect(recordRules(declared({}, ['name', 'not-an-input']))).toMatchObject({
      mask: [],
      drop: ['name'],
      key: null,
    });
    expect(recordRules(declared({ key }, ['name']))).toMatchObject({ mask: ['name'], drop: [], key });
    expect([...hiddenColumns(declared({ key, drop: ['age'] }, ['name']))]).toEqual(['name', 'age']);
  });

  it('is what the file says of a sensitive input, where it says it', () => {
    expect(recordRules(declared({ key, drop: ['name'] }, ['name']))).toMatchObject({
      mask: [],
      drop: ['name'],
    });
    expect(recordRules(declared({ plain: ['name'] }, ['name']))).toBeNull();
  });

  it('says which sources of truth must show a token', () => {
    const token = 'secret://airline';
    const sources = { airline: { token }, airport: {} };
    expect(recordRules({ ...declared({}), sources })).toMatchObject({
      sample: 1,
      tokens: { airline: token },
    });
    expect(recordRules({ ...declared({}), sources: { airport: {} } })).toBeNull();
  });

  it('is told to a host in settings, without the key', () => {
    const rules = recordRules(declared({ key, mask: ['name'], drop: ['age'], sample: 0.25 }));
    expect(recordSettings(rules ?? undefined)).toEqual({
      RATCHET_SERVING_RECORD_MASK: 'name',
      RATCHET_SERVING_RECORD_DROP: 'age',
      RATCHET_SERVING_RECORD_COLUMNS: 'name,age,seat',
      RATCHET_SERVING_RECORD_SAMPLE: '0.25',
    });
  });
});
