import type { Client } from '@temporalio/client';
import { MockActivityEnvironment } from '@temporalio/testing';
import { describe, expect, it } from 'vitest';
import { tellingOfSilence } from '../../../activities/triggers/telling-of-silence.js';
import { projectConfig } from '../../../domain/config/project.js';
import type { ErrorCode } from '../../../domain/errors/catalogue.js';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import { createMemoryStores } from '../../fakes/stores/memory-stores.js';

const at = { project: 'tiny', ref: 'refs/heads/main' };

/** Looks at a repository as an activity that was scheduled so long ago; what people were told, and the failure. */
async function look(agoMs: number, code: ErrorCode) {
  const { outbox, projects } = createMemoryStores();
  const notifications = { ops: { kind: 'webhook', url: 'secret://url', secret: 'secret://key' } } as const;
  const config = projectConfig({ version: 1, project: 'tiny', models: [], sources: {}, notifications });
  await projects.put({ name: 'tiny', repo: '/tiny', ref: 'main', commit: 'a'.repeat(40), config });
  const woken: string[] = [];
  const signalWithStart = async (name: string) => void woken.push(name);
  const deps = {
    outbox,
    projects,
    notifier: { tell: async () => undefined },
    client: { workflow: { signalWithStart } } as unknown as Client,
  };
  const activity = () =>
    tellingOfSilence(deps, at, async () => {
      throw new RatchetError(code, 'https://git.example.org/tiny did not answer within 5000 ms');
    });
  const environment = new MockActivityEnvironment({ scheduledTimestampMs: Date.now() - agoMs });
  const failure = await environment.run(activity).catch((error: unknown) => error);
  await environment.run(activity).catch(() => undefined);
  return { failure, letters: await outbox.list({ project: 'tiny' }), woken };
}

describe('a repository that does not answer', () => {
  it('for more than a minute is told of once, with the reason, and the look fails as it did', async () => {
    const { failure, letters, woken } = await look(61_000, 'GIT_UNREACHABLE');
    expect(failure).toMatchObject({ code: 'GIT_UNREACHABLE' });
    expect(letters).toHaveLength(1);
    expect(letters[0]?.notice).toMatchObject({ kind: 'source.unreachable', model: null });
    expect(letters[0]?.notice.lines.join('\n')).toContain('did not answer within 5000 ms');
    expect(woken).toContain('deliverNotifications');
  });

  it.each([
    ['for a moment', 1000, 'GIT_UNREACHABLE'],
    ['but refuses', 61_000, 'GIT_REFUSED'],
  ] as const)('%s is not told of', async (_, agoMs, code) => {
    const { failure, letters } = await look(agoMs, code);
    expect(failure).toMatchObject({ code });
    expect(letters).toEqual([]);
  });
});
