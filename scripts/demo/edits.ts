import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../../stack/package-root.js';

/** What a change does to one file. */
export type Edit = (text: string) => string;

/** What a commit does, by path. */
export type Edits = Readonly<Record<string, Edit>>;

const model = 'models/late-arrival';

/** Of the main model, by path in its repository. */
export const policies = { inForce: `${model}/policy.yaml`, strict: `${model}/policy-strict.yaml` } as const;

const [loose, asItStands] = ['{ C: 10,', '{ C: 0.1,'];

/** The main model as it was: less held back than the example has it. */
export const beforeTheFirstPush: Edits = {
  [`${model}/ratchet.yaml`]: (text) => replaced(text, asItStands, loose),
};

/** The main model as the example has it. */
export const firstPush: Edits = {
  [`${model}/ratchet.yaml`]: (text) => replaced(text, loose, asItStands),
};

/** Secrets with the address of the receiver of letters, and what they are signed with. */
export const letterSecrets = { url: 'letters-url', key: 'letters-key' } as const;

/** What the demo adds to ratchet.project.yaml: a program is told of runs that fail or are refused. */
export const notifications = `
# Where the platform writes to; addresses and keys are secrets.
notifications:
  desk:
    kind: webhook
    url: secret://${letterSecrets.url}
    secret: secret://${letterSecrets.key}
    about: [run.failed, run.refused]
`;

/** The reviewed policy, as the example has it, in the place of the strict one. */
export async function reviewedPolicy(): Promise<Edits> {
  const reviewed = await readFile(join(packageRoot(), 'examples/flight-delay', policies.inForce), 'utf8');
  return { [policies.inForce]: () => reviewed };
}

/**
 * The naive join: the delay at departure among the inputs, two hours before there is one. Declared as known from the
 * start, so that the gate on looking ahead, which goes by what tables declare, has nothing to say.
 */
export const leak: Edits = {
  'tables/flights.yaml': (text) => replaced(text, '    dep_delay: departed_at\n', ''),
  [`${model}/examples.sql`]: (text) => replaced(text, '  arr_delay,\n', '  arr_delay,\n  dep_delay,\n'),
  [`${model}/ratchet.yaml`]: (text) =>
    replaced(text, '    - tail_last_delay\n', '    - tail_last_delay\n    - dep_delay\n'),
};

/** The timetable alone: neither weather nor delays. */
export const timetableAlone: Edits = {
  [`${model}/ratchet.yaml`]: (text) =>
    replaced(text, / {4}- temp\n(?: {4}- \w+\n)* {4}- tail_last_delay\n/, ''),
};

/**
 * From the first champion on the model learns from the newest weeks, trained by alarms and by its timetable: what is
 * pushed trains nothing, and between two such runs lie ten weeks.
 */
export const moveWithTheData: Edits = {
  [`${model}/ratchet.yaml`]: (text) =>
    replaced(
      replaced(
        text,
        / {4}by: date\n(.*\n)*? {4}test: .*\n/,
        '    by: recent\n    column: local_day\n    # The first week is left out: the windows of a week are not full before.\n    from: "2013-01-08"\n    validationDays: 7\n    testDays: 7\n',
      ),
      'triggers:\n',
      'triggers:\n  push: false\n  handling: { coolDown: 70 days }\n',
    ),
};

/** Once the year is over: autumn alone, judged on December. */
export const lastThreeMonths: Edits = {
  [`${model}/ratchet.yaml`]: (text) =>
    replaced(
      text,
      / {4}by: recent\n(.*\n)*? {4}testDays: .*\n/,
      '    by: date\n    column: local_day\n    train: { from: "2013-09-01", to: "2013-11-23" }\n    validation: { from: "2013-11-24", to: "2013-11-30" }\n    test: { from: "2013-12-01", to: "2013-12-31" }\n',
    ),
};

/** Serving code that calls a flight late sooner. */
export const soonerLate: Edits = {
  'serving/late-arrival/src/application.ts': (text) =>
    replaced(text, 'const threshold = 0.5;', 'const threshold = 0.4;'),
};

/** An edit that finds nothing to change would make another story than the one that is told. */
function replaced(text: string, from: string | RegExp, to: string): string {
  const edited = text.replace(from, () => to);
  if (edited === text) throw new Error(`the example no longer holds ${String(from)}`);
  return edited;
}
