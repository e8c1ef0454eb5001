/** What a SELECT from a repository may use. Names in lower case. */
export interface SelectRules {
  readonly tables: ReadonlySet<string>;
  /** Functions whose answer depends on more than their arguments: clock, randomness, settings. */
  readonly unstable: ReadonlySet<string>;
}

type Tree = Readonly<Record<string, unknown>>;

const tableFunctions = new Set(['unnest', 'range', 'generate_series']);
const plainName = /^[a-z_][a-z0-9_]*$/i;

/**
 * Why a parsed SELECT (`json_serialize_sql`) is refused; undefined for one that is allowed: one statement, only the
 * named tables and its own common table expressions, no table functions but series and unnest, no samples, nothing
 * that depends on the clock, randomness or settings.
 */
export function breachOf(parsed: unknown, rules: SelectRules): string | undefined {
  const statements = isTree(parsed) && Array.isArray(parsed['statements']) ? parsed['statements'] : [];
  if (statements.length !== 1) return `one SELECT is allowed, ${statements.length} statements came`;
  const nodes = [...nodesOf(statements[0])];
  const expressions = new Set(nodes.flatMap(expressionNames));
  const strange = [...expressions].find((name) => !plainName.test(name));
  if (strange !== undefined)
    return `the name ${JSON.stringify(strange)} of a WITH has letters, digits and underscores only`;
  for (const node of nodes) {
    const breach = nodeBreach(node, rules, expressions);
    if (breach !== undefined) return breach;
  }
  return undefined;
}

/** Why a parsed `select <expression>` is more than one expression over one row; undefined where it is not. */
export function expressionBreachOf(
  parsed: unknown,
  rules: Pick<SelectRules, 'unstable'>,
): string | undefined {
  const breach = breachOf(parsed, { ...rules, tables: new Set() });
  if (breach !== undefined) return breach;
  const nodes = [...nodesOf(parsed)];
  if (nodes.some((node) => node['class'] === 'SUBQUERY')) return 'an expression has no sub-select';
  if (nodes.some((node) => node['class'] === 'WINDOW')) return 'an expression has no window function';
  const select = nodes.find((node) => node['type'] === 'SELECT_NODE');
  const list = select?.['select_list'];
  const source = select?.['from_table'];
  const bare =
    Array.isArray(list) &&
    list.length === 1 &&
    isTree(source) &&
    source['type'] === 'EMPTY' &&
    ['where_clause', 'having', 'qualify'].every((part) => select?.[part] === null) &&
    [select?.['modifiers'], select?.['group_expressions']].every(
      (part) => Array.isArray(part) && part.length === 0,
    );
  return bare ? undefined : 'one expression is allowed, without FROM, WHERE or a second column';
}

function* nodesOf(value: unknown): Generator<Tree> {
  if (Array.isArray(value)) {
    for (const item of value) yield* nodesOf(item);
  } else if (isTree(value)) {
    yield value;
    for (const item of Object.values(value)) yield* nodesOf(item);
  }
}

function expressionNames(node: Tree): string[] {
  const map = isTree(node['cte_map']) ? node['cte_map']['map'] : undefined;
  const entries: unknown[] = Array.isArray(map) ? map : [];
  return entries.flatMap((entry) => (isTree(entry) ? [lower(entry['key'])] : []));
}

function nodeBreach(node: Tree, rules: SelectRules, expressions: ReadonlySet<string>): string | undefined {
  if (node['sample'] !== undefined && node['sample'] !== null) return 'a sample is not repeatable';
  if (node['type'] === 'BASE_TABLE') return tableBreach(node, rules, expressions);
  if (node['type'] === 'SHOW_REF') return 'DESCRIBE, SHOW and SUMMARIZE are not allowed';
  if (node['type'] === 'TABLE_FUNCTION') {
    const called = isTree(node['function']) ? lower(node['function']['function_name']) : '';
    return tableFunctions.has(called) ? undefined : `the table function ${called} is not allowed`;
  }
  if (node['class'] === 'FUNCTION') return functionBreach(lower(node['function_name']), rules);
  const names = node['column_names'];
  if (node['class'] === 'COLUMN_REF' && Array.isArray(names) && names.length === 1)
    return functionBreach(lower(names[0]), rules);
  return undefined;
}

function functionBreach(name: string, rules: SelectRules): string | undefined {
  return rules.unstable.has(name)
    ? `${name} gives another answer each time; a dataset is built from its tables alone`
    : undefined;
}

function tableBreach(node: Tree, rules: SelectRules, expressions: ReadonlySet<string>): string | undefined {
  const name = lower(node['table_name']);
  const qualified = lower(node['schema_name']) !== '' || lower(node['catalog_name']) !== '';
  if (!qualified && (rules.tables.has(name) || expressions.has(name))) return undefined;
  const allowed = [...rules.tables].join(', ');
  const shown = [node['catalog_name'], node['schema_name'], node['table_name']].filter(Boolean).join('.');
  return `the table ${shown} is not declared; declared are ${allowed === '' ? 'none' : allowed}`;
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function lower(value: unknown): string {
  return typeof value === 'string' ? value.toLowerCase() : '';
}
