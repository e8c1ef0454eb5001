import type { Sql } from 'postgres';

/** One statement for each thing that a schema is made of. All give one column `line`, in an order of their own. */
const parts = {
  tables: `
    select format('create table %s (%s)%s', c.relname, string_agg(
      format(E'\\n  %I %s%s%s', a.attname, format_type(a.atttypid, a.atttypmod),
        case when a.attnotnull then ' not null' else '' end,
        case when a.attidentity = 'a' then ' generated always as identity'
             when d.adbin is not null then ' default ' || pg_get_expr(d.adbin, d.adrelid) else '' end),
      ',' order by a.attnum), ' partition by ' || pg_get_partkeydef(c.oid)) as line
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
    group by c.oid, c.relname order by c.relname collate "C"`,
  partitions: `
    select format('alter table %s attach partition %s %s', inhparent::regclass, relname,
      pg_get_expr(relpartbound, pg_class.oid)) as line
    from pg_inherits join pg_class on pg_class.oid = inhrelid
    where relispartition and relkind = 'r' order by relname collate "C"`,
  // "not null" stands with its column; as a constraint of its own it is known to newer servers only.
  constraints: `
    select format('alter table %s add constraint %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as line
    from pg_constraint
    where connamespace = 'public'::regnamespace and contype in ('p', 'u', 'c', 'f')
    order by conrelid::regclass::text collate "C", contype, conname collate "C"`,
  indexes: `
    select indexdef as line from pg_indexes
    where schemaname = 'public'
      and indexname not in (select conname from pg_constraint where contype in ('p', 'u'))
    order by indexname collate "C"`,
  triggers: `
    select pg_get_triggerdef(oid) as line from pg_trigger where not tgisinternal order by tgname collate "C"`,
  functions: `
    select pg_get_functiondef(oid) as line from pg_proc
    where pronamespace = 'public'::regnamespace order by proname collate "C"`,
  grants: `
    select format('grant %s on %s to %s', string_agg(lower(privilege_type), ', ' order by privilege_type),
      table_name, grantee) as line
    from information_schema.role_table_grants
    where table_schema = 'public' and grantee in ('ratchet_app', 'ratchet_serving')
    group by table_name, grantee order by grantee, table_name`,
  'grants of columns': `
    select format('grant %s (%s) on %s to %s', lower(privilege_type), string_agg(attname, ', ' order by attname),
      attrelid::regclass, grantee::regrole) as line
    from pg_attribute, aclexplode(attacl)
    where attrelid in (select oid from pg_class where relnamespace = 'public'::regnamespace)
    group by attrelid, grantee, privilege_type order by attrelid::regclass::text collate "C", privilege_type`,
  'grants of functions': `
    select format('grant %s on function %s to %s', lower(privilege_type), p.oid::regprocedure, grantee::regrole) as line
    from pg_proc p, aclexplode(proacl)
    where pronamespace = 'public'::regnamespace and grantee <> 0 and grantee <> proowner
    order by proname collate "C"`,
} as const;

/** The schema as text, from the catalogue of the server: the same text for the same schema. */
export async function schemaText(sql: Sql): Promise<string> {
  const sections: string[] = [];
  for (const [name, statement] of Object.entries(parts)) {
    const rows = await sql.unsafe<{ line: string }[]>(statement);
    sections.push(`-- ${name}\n\n${rows.map(({ line }) => `${line.trim()};\n`).join('\n')}`);
  }
  return `-- What the migrations yield. Written by: npx vitest run test/db/schema.test.ts -u\n\n${sections.join('\n')}`;
}
