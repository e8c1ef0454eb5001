/** A policy file that is wrong, where, and the words in which that is said. */
export interface BadPolicy {
  readonly what: string;
  readonly text: string;
  /** `line:column` and a part of what is said. */
  readonly at: string;
  readonly says: string;
}

const rule = (require: string) => `version: 1\nrules:\n  - name: it\n    require: ${require}\n`;
const bad = (what: string, text: string, at: string, says: string): BadPolicy => ({ what, text, at, says });
const inRule = (what: string, require: string, says: string) => bad(what, rule(require), '4:14', says);

export const badPolicies: readonly BadPolicy[] = [
  inRule(
    'an unknown metric',
    'metrics.test.auc.value > 0.6',
    'an unknown metric "auc", allowed is one of accuracy',
  ),
  inRule('a misspelled metric', 'metrics.test.recal.value > 0.6', 'did you mean "recall"?'),
  inRule('an unknown fact', 'metric.test.recall.value > 0.6', 'an unknown fact "metric"'),
  inRule('an unknown split', 'metrics.tests.recall.value > 0.6', 'did you mean "test"?'),
  inRule('a metric without its field', 'metrics.test.recall > 0.6', '> of a group of facts and a number'),
  inRule(
    'a slice column that is not declared',
    'gaps.dest.recall.worst > 0.3',
    'an unknown slice column "dest", allowed is one of origin, carrier',
  ),
  inRule('an input that the model does not read', 'drift.columns.tmp.psi < 0.2', 'an unknown input "tmp"'),
  inRule('a metric of another task', 'metrics.test.rmse.value < 5', 'an unknown metric "rmse"'),
  inRule('a division by zero', 'dataset.rows.test / 0 > 1', 'a division by zero'),
  inRule(
    'a number instead of true or false',
    'metrics.test.recall.value',
    'a number, allowed is an expression that is true or false',
  ),
  inRule(
    'a text instead of true or false',
    'isolation.tier',
    'a text, allowed is an expression that is true or false',
  ),
  inRule('a number compared with a text', 'metrics.test.recall.value > "0.6"', '> of a number and a text'),
  inRule('a comparison with null', 'champion.version != null', 'null, allowed is has(...)'),
  inRule('an unfinished expression', '"metrics.test.recall.value >"', 'no expression at character'),
  inRule('a condition that assigns', 'metrics.test.recall.value = 0.6', 'no expression at character'),
  inRule(
    'deep nesting',
    `${'('.repeat(900)}true${')'.repeat(900)}`,
    '900 brackets deep, allowed is at most 32',
  ),
  inRule('a deep list', `'${'['.repeat(400)}${']'.repeat(400)} == []'`, '400 brackets deep'),
  inRule('a row of signs', `'${'!'.repeat(900)}true'`, 'a row of signs without a value'),
  inRule('a huge list', `'${`1 in [${'1,'.repeat(900)}1]`}'`, 'more than 600 parts'),
  inRule('a sum of too many levels', `${'1 + '.repeat(60)}1 > 2`, 'more than 48 levels deep'),
  inRule(
    'macros inside macros',
    'slices.all(a, slices.all(b, slices.all(c, a.rows > 1)))',
    '3 macros inside each other',
  ),
  inRule(
    'a regular-expression bomb',
    'purpose.intendedUse.matches("(a+)+$")',
    'a pattern that repeats repetitions',
  ),
  inRule(
    'a pattern that counts too far',
    'purpose.intendedUse.matches("(a{900}){900}")',
    'a pattern that repeats repetitions',
  ),
  inRule('a pattern that is none', 'purpose.intendedUse.matches("(late")', 'missing closing )'),
  inRule(
    'a pattern that is computed',
    'purpose.intendedUse.matches(model.algorithm)',
    'a pattern that is computed',
  ),
  inRule('a function that is not there', 'now() > 5', 'an unknown function "now"'),
  inRule(
    'a conversion, which could hide what is missing',
    'double(isolation.tier) > 0.0',
    'an unknown function "double"',
  ),
  inRule('a message in braces', '\'{"a": 1} == {"a": 1}\'', 'a map or message in braces'),
  inRule('a macro over a number', 'dataset.rows.test.all(x, x > 1)', 'a macro over a number'),
  inRule(
    'an item that is called like a fact',
    'slices.all(metrics, metrics.rows > 1)',
    'the name metrics for an item',
  ),
  bad('an expression longer than a page', rule(`'${'true && '.repeat(300)}true'`), '4:14', 'characters'),
  bad('an empty rule', rule('""'), '4:14', 'allowed is a text of 1 to 2000 characters'),
  bad('no version', 'rules: []\n', '1:1', 'version is nothing'),
  bad('a key given twice', 'version: 1\nrules: []\nrules: []\n', '3:1', 'rules'),
  bad('an include: there are none', 'version: 1\ninclude: policy.yaml\n', '2:1', 'an unknown key'),
  bad(
    'a few lines that unfold to millions of values',
    `version: 1\na: &a [x, x]\n${[...'bcdefghij'].map((name, at) => `${name}: &${name} [*${'abcdefghi'[at]}, *${'abcdefghi'[at]}]`).join('\n')}\n`,
    '2:7',
    'a value with an anchor',
  ),
  bad('a file that is merged in', 'version: 1\n<<: { rules: [] }\n', '2:1', '<< is an unknown key'),
  bad('a tag that makes an object', 'version: 1\nrules: !!js/function x\n', '2:8', 'a tag (!)'),
  bad('a second document', 'version: 1\n---\nversion: 1\n', '2:1', 'a second YAML document'),
  bad('a file larger than any', `version: 1\n# ${'x'.repeat(300_000)}\n`, '1:1', '300014 characters long'),
  bad(
    'lists inside each other',
    `version: 1\nrules: ${'['.repeat(100)}${']'.repeat(100)}\n`,
    '2:71',
    'nested too deeply',
  ),
  bad('an empty file', '', '1:1', 'the file is empty'),
  bad('a NUL', rule(`model.algorithm != 'a\0b'`), '4:14', 'a character that is none'),
  bad(
    'a NUL that is written out',
    rule(`"model.algorithm != 'a\\u0000b'"`),
    '4:14',
    'a character that is none',
  ),
  bad('half of a pair', rule(`"model.algorithm != '\\uD83D'"`), '4:14', 'a character that is none'),
  bad(
    'rules in a text',
    'version: 1\nrules: strict\n',
    '2:8',
    'text "strict", allowed is a list of at most 200',
  ),
  bad('a rule that is nothing', 'version: 1\nrules:\n  -\n', '3:4', 'nothing, allowed is a map'),
  bad(
    'a rule that is true of itself',
    'version: 1\nrules:\n  - { name: a, require: true }\n',
    '3:25',
    'true, allowed is a text',
  ),
  bad('a version to come', 'version: 2\n', '1:10', 'number 2, allowed is 1'),
  bad(
    'more rules than a policy has',
    `version: 1\nrules:\n${'  - { name: a, require: "true" }\n'.repeat(201)}`,
    '3:3',
    'a list of 201, allowed is a list of at most 200',
  ),
  bad('a key that changes its object', 'version: 1\n__proto__: { rules: [] }\n', '2:1', '__proto__'),
  bad(
    'a prohibited purpose without a word',
    'version: 1\nethics:\n  statement: Considered by the people who wrote it.\n  prohibitedPurposes: ["---"]\n',
    '4:24',
    '"---", without a word',
  ),
  bad(
    'a limit that is no number',
    'version: 1\nethics:\n  statement: Considered by the people who wrote it.\n  slices:\n    - { column: origin, metric: recall, least: .nan }\n',
    '5:48',
    'number NaN, allowed is a number',
  ),
  bad('an anchor that contains itself', 'version: 1\nrules: &a\n  - *a\n', '3:3', 'an anchor'),
  bad(
    'two rules of one name',
    'version: 1\nrules:\n  - { name: a, require: "true" }\n  - { name: a, require: "true" }\n',
    '4:13',
    'a a second time',
  ),
  bad(
    'a rule that is called like a check of Ratchet',
    'version: 1\nrules:\n  - { name: least-isolation, require: "true" }\n',
    '3:13',
    'a name that no check of Ratchet has',
  ),
  bad(
    'an unknown severity',
    'version: 1\nrules:\n  - { name: a, require: "true", severity: info }\n',
    '3:43',
    '"block" or "warn"',
  ),
  bad(
    'a program outside of the repository',
    'version: 1\nprograms:\n  - { name: a, path: ../b, command: [x] }\n',
    '3:22',
    'without ..',
  ),
  bad(
    'a program without a command',
    'version: 1\nprograms:\n  - { name: a, path: b, command: [] }\n',
    '3:34',
    'a list of 1 or more',
  ),
  bad('ethics without a statement', 'version: 1\nethics: { forbiddenFeatures: [age] }\n', '2:1', 'statement'),
  bad(
    'a statement of blanks',
    `version: 1\nethics: { statement: "${' '.repeat(30)}" }\n`,
    '2:22',
    'without a word',
  ),
  bad(
    'a slice without a limit',
    'version: 1\nethics:\n  statement: Considered by the people who wrote it.\n  slices:\n    - { column: origin, metric: recall }\n',
    '5:7',
    'without a limit',
  ),
  bad(
    'a slice of an unknown metric',
    'version: 1\nethics:\n  statement: Considered by the people who wrote it.\n  slices:\n    - { column: origin, metric: recal, least: 0.3 }\n',
    '5:33',
    'did you mean "recall"?',
  ),
  bad(
    'an unknown role',
    'version: 1\npeople:\n  stages:\n    - { name: a, role: boss }\n',
    '4:24',
    '"reviewer"',
  ),
  bad(
    'a quorum of nobody',
    'version: 1\npeople:\n  stages:\n    - { name: a, role: reviewer, quorum: 0 }\n',
    '4:42',
    'a whole number from 1 to 20',
  ),
  bad(
    'an escalation to who may vote anyway',
    'version: 1\npeople:\n  stages:\n    - { name: a, role: admin, escalate: { after: 1 day, role: admin } }\n',
    '4:63',
    'admin, who may vote anyway',
  ),
  bad('an unknown tier', 'version: 1\nleastIsolation: vm\n', '2:17', '"container"'),
];
