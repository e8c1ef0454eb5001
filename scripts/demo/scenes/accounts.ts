import { answered } from '../../../cli/open-client.js';
import type { Demo, Scene } from '../demo.js';
import { tell, tellCommand } from '../narrator.js';
import { type Person, parts, people } from '../people.js';
import { runRatchet } from '../run-ratchet.js';

export const accountsScene: Scene = {
  title: 'Everybody is somebody',
  about:
    'Accounts for the people of this demo. An administrator makes them and never sees a password: a code works once. What they may do is said in Git.',
  async play(demo) {
    const { accounts } = await answered(demo.client.GET('/api/v1/accounts'));
    for (const person of people) {
      tell(`${person} ${parts[person]}`);
      const isThere = accounts.some(({ name }) => name === person);
      await runRatchet(demo, ['sign-in', '--code', await codeFor(demo, person, isThere)]);
    }
  },
};

/** The embedded stack keeps its accounts, so in a second demo they only sign in again. */
async function codeFor({ client }: Demo, person: Person, isThere: boolean): Promise<string> {
  tellCommand(`account ${isThere ? 'code' : 'add'} ${person}`);
  const made = isThere
    ? client.POST('/api/v1/accounts/{account}/set-up-code', { params: { path: { account: person } } })
    : client.POST('/api/v1/accounts', { body: { name: person, kind: 'person', admin: false, code: true } });
  const { code } = await answered(made);
  if (code === null) throw new Error(`${person} should have been given a code to sign in with`);
  return code;
}
