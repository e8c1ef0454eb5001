import { describe, expect, it } from 'vitest';
import { checkSelect } from '../../../../activities/adapters/sources/check-select.js';

describe('the text of a source query', () => {
  it.each([
    'select 1',
    '  SELECT 1',
    'with a as (select 1) select * from a',
    '(select 1) union all (select 2)',
    '-- a comment; with ;\nselect 1',
    '/* a /* nested; */ ( */ select 1',
    "select ';', '('')', \"a;\"\"b(\" from t",
    "select E'\\';(' from t",
    'select $$;($$, $tag$ $$ ; $tag$',
    'select a$b$c from t',
    "select 'it''s' -- end",
  ])('may be %s', (query) => {
    expect(query.startsWith(checkSelect(query).slice(0, 5))).toBe(true);
  });

  it('loses its last semicolons and the comments behind it', () => {
    expect(checkSelect('select 1 ;; \n')).toBe('select 1');
    expect(checkSelect('select 1; -- done')).toBe('select 1');
    expect(checkSelect('select 1 /* a */')).toBe('select 1');
  });

  it.each([
    ['', 'is empty'],
    [' ; -- x', 'is empty'],
    ['select 1; drop table t', 'more than one statement'],
    ['select 1; select 2;', 'more than one statement'],
    ["select ''';' ; drop table t", 'more than one statement'],
    ['select $1$; drop table t; select $1$', 'more than one statement'],
    ['select a$x$; drop table t; select b$x$', 'more than one statement'],
    ['delete from t', 'begins with "delete"'],
    ["copy t to program 'x'", 'begins with "copy"'],
    ['explain analyze delete from t', 'begins with "explain"'],
    ['; select 1', 'begins with ";"'],
    ['select 1) as a, (select 2', 'closes a parenthesis'],
    ['select (1', 'leaves a parenthesis open'],
    ["select 'a", 'does not end'],
    ['select "a', 'does not end'],
    ['select $$a', 'does not end'],
    ['select 1 /* a /* b */', 'does not end a comment'],
    ['select 1 \0; drop table t', 'NUL'],
  ])('may not be %j', (query, reason) => {
    expect(() => checkSelect(query)).toThrow(expect.objectContaining({ code: 'SOURCE_REFUSED' }));
    expect(() => checkSelect(query)).toThrow(reason);
  });

  it('is read in a moment however long it is', () => {
    const long = `select '${"''".repeat(400_000)}', ${'('.repeat(1000)}1${')'.repeat(1000)}`;
    expect(checkSelect(long)).toBe(long);
  });
});
