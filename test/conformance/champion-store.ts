import { beforeEach, expect, it } from 'vitest';
import type { ChampionStore } from '../../domain/ports/champions.js';
import { codeOf } from './error-code.js';
import {
  type ChampionSubject,
  makePromotionWorld,
  type PromotionWorld,
  policyOf,
} from './promotion-world.js';

export function championStoreConformance(make: () => Promise<ChampionSubject>): void {
  let world: PromotionWorld;
  let champions: ChampionStore;
  let project: string;
  beforeEach(async () => {
    world = await makePromotionWorld(await make());
    ({ champions, project } = world);
  });
  const stages = async (...versions: readonly number[]) =>
    Promise.all(versions.map((version) => champions.stage(project, 'delay', version)));
  /** A version that has become champion. */
  const promoted = async (id: string) => {
    const version = await world.candidate(id);
    await world.promote(version, await world.approve(version));
    return version;
  };

  it('makes a candidate that two approved champion, by name, by stage and in its history', async () => {
    const version = await world.candidate('one');
    expect(await champions.champion(project, 'delay')).toBeUndefined();
    const approval = await world.approve(version);
    const move = await world.promote(version, approval);
    const named = { project, model: 'delay', version };
    const by = { actor: world.name('eve'), approval, reason: `approved by ${approval}` };
    expect(move).toEqual({ ...named, from: 'candidate', to: 'champion', ...by, at: expect.any(String) });
    expect(await stages(version)).toEqual(['champion']);
    expect(await champions.champion(project, 'delay')).toMatchObject({ version, alias: 'champion' });
    expect(await world.registry.get(project, 'delay', 'champion')).toMatchObject({ version });
    const history = await champions.history(project, 'delay');
    expect(history.map(({ from, to }) => `${from} ${to}`)).toEqual([
      'candidate champion',
      'registered candidate',
    ]);
    expect(history[0]).toEqual(move);
  });

  it('makes the champion before the previous one, and archives the one before that', async () => {
    const versions = [await promoted('one'), await promoted('two'), await promoted('three')];
    expect(await stages(...versions)).toEqual(['archived', 'previous', 'champion']);
    expect(await world.registry.get(project, 'delay', 'previous')).toMatchObject({ version: versions[1] });
    expect(await world.registry.get(project, 'delay', '1')).toMatchObject({ alias: null });
  });

  it('promotes once by one approval, and says the same when asked again', async () => {
    const version = await world.candidate('one');
    const approval = await world.approve(version);
    const move = await world.promote(version, approval);
    expect(await world.promote(version, approval)).toEqual(move);
    expect(await champions.history(project, 'delay')).toHaveLength(2);
  });

  it('asks to look again where the champion moved since it was read who made a version', async () => {
    const [first, second] = [await world.candidate('one'), await world.candidate('two')];
    const hands = await world.handsNow();
    await world.promote(first, await world.approve(first));
    const approval = await world.approve(second);
    expect(await codeOf(world.promote(second, approval, { hands }))).toBe('CONFLICT');
    expect(await stages(first, second)).toEqual(['champion', 'candidate']);
    expect(await world.promote(second, approval)).toMatchObject({ to: 'champion' });
  });

  it('promotes without people where the policy asks none', async () => {
    await world.putPolicy(policyOf('alone'));
    const version = await world.candidate('one');
    expect(await world.promote(version, null)).toMatchObject({ to: 'champion', approval: null });
  });

  it('tells what was live at a time, since when, until when, and what it replaced', async () => {
    const first = await promoted('one');
    const between = new Date().toISOString();
    await new Promise((resolve) => setTimeout(resolve, 5));
    const second = await promoted('two');
    const moves = (await champions.history(project, 'delay')).filter(({ to }) => to === 'champion');
    const [later, sooner] = moves;
    const by = world.name('eve');
    expect(await champions.liveAt(project, 'delay', between)).toMatchObject({
      version: { version: first },
      ...{ since: sooner?.at, until: later?.at, replaced: null, approval: sooner?.approval, by },
    });
    expect(await champions.liveAt(project, 'delay', new Date(Date.now() + 1000).toISOString())).toMatchObject(
      {
        version: { version: second },
        ...{ since: later?.at, until: null, replaced: first, approval: later?.approval },
      },
    );
    expect(await champions.liveAt(project, 'delay', '2000-01-01T00:00:00.000Z')).toBeUndefined();
    expect(await champions.liveAt(project, 'price', between)).toBeUndefined();
  });

  it('goes back one step, to the version before and the approval that let it in', async () => {
    const [first, second] = [await promoted('one'), await promoted('two')];
    const [, , , ofFirst] = (await champions.history(project, 'delay')).toReversed();
    const at = { project, model: 'delay', reason: 'too slow', actor: world.name('dee') };
    const back = await champions.rollBack(at);
    expect(back).toMatchObject({ version: first, from: 'previous', to: 'champion', reason: 'too slow' });
    expect(back.approval).toMatch(/delay@1/);
    expect(ofFirst).toBeDefined();
    expect(await stages(first, second)).toEqual(['champion', 'archived']);
    expect(await codeOf(champions.rollBack(at))).toBe('PROMOTION_REFUSED');
    expect(await codeOf(world.registry.get(project, 'delay', 'previous'))).toBe('MODEL_NOT_FOUND');
  });

  it('lets nothing back in by an approval that has let it in before', async () => {
    const [, second] = [await promoted('one'), await promoted('two')];
    await champions.rollBack({ project, model: 'delay', reason: 'too slow', actor: 'dee' });
    await champions.judge({ ...world.at(second), to: 'candidate' });
    const used = `approval/${project}/delay@${second}/1`;
    await expect(world.promote(second, used)).rejects.toThrow(/has let the version in before/);
    await world.promote(second, await world.approve(second, { round: 2 }));
    expect(await stages(second)).toEqual(['champion']);
  });

  it('retires what is not live, once, and nothing that is', async () => {
    const [first, second] = [await promoted('one'), await promoted('two')];
    expect(await codeOf(champions.retire(world.at(first)))).toBe('CONFLICT');
    expect(await codeOf(champions.retire(world.at(second)))).toBe('CONFLICT');
    const third = await world.candidate('three');
    const retired = await champions.retire(world.at(third));
    expect(retired).toMatchObject({ from: 'candidate', to: 'retired' });
    expect(await champions.retire(world.at(third))).toEqual(retired);
    expect(await codeOf(champions.judge({ ...world.at(third), to: 'candidate' }))).toBe('CONFLICT');
  });

  it('makes no candidate of what its policy has not passed', async () => {
    const version = await world.register('one');
    const judge = (to: 'candidate' | 'refused') => champions.judge({ ...world.at(version), to });
    expect(await codeOf(judge('candidate'))).toBe('CONFLICT');
    await world.judge(version, { verdict: 'fail' });
    expect(await codeOf(judge('candidate'))).toBe('CONFLICT');
    const refused = await judge('refused');
    expect(await judge('refused')).toEqual(refused);
    await world.judge(version);
    expect(await judge('candidate')).toMatchObject({ from: 'refused', to: 'candidate' });
    await world.judge(version, { verdict: 'inconclusive' });
    expect(await codeOf(world.promote(version, await world.approve(version)))).toBe('PROMOTION_REFUSED');
  });

  it('says so where there is no such version', async () => {
    expect(await codeOf(champions.stage(project, 'delay', 9))).toBe('MODEL_NOT_FOUND');
    expect(await codeOf(world.promote(9, null))).toBe('MODEL_NOT_FOUND');
    expect(await codeOf(champions.retire(world.at(9)))).toBe('MODEL_NOT_FOUND');
    const rollBack = champions.rollBack({ project, model: 'price', reason: '', actor: 'dee' });
    expect(await codeOf(rollBack)).toBe('PROMOTION_REFUSED');
  });
}
