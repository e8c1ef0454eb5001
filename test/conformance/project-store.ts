import { beforeEach, expect, it } from 'vitest';
import { policySchema } from '../../domain/config/policy.js';
import { projectConfig } from '../../domain/config/project.js';
import type { ApprovalStore } from '../../domain/ports/approvals.js';
import type { PolicyStore } from '../../domain/ports/policies.js';
import type { ProjectRecord, ProjectStore } from '../../domain/ports/projects.js';
import { stageNamed } from './approval-store.js';
import { codeOf } from './error-code.js';

export interface ProjectSubject {
  readonly projects: ProjectStore;
  readonly policies: PolicyStore;
  readonly approvals: ApprovalStore;
  readonly name: string;
}

/** `make` gives stores that hold no project of the name, and none that is the organisation's. */
export function projectStoreConformance(make: () => Promise<ProjectSubject>): void {
  let projects: ProjectStore;
  let policies: PolicyStore;
  let approvals: ApprovalStore;
  let record: Omit<ProjectRecord, 'updatedAt'>;
  beforeEach(async () => {
    const { name, ...stores } = await make();
    ({ projects, policies, approvals } = stores);
    record = {
      name,
      repo: '/repositories/flights',
      ref: 'main',
      commit: 'a'.repeat(40),
      config: projectConfig({
        version: 1,
        project: name,
        description: 'says "why" \u00fc',
        models: [{ name: 'delay', path: 'models/delay' }],
        sources: { files: { kind: 'repository', path: 'data' } },
      }),
    };
  });

  it('gives back what was put', async () => {
    const put = await projects.put(record);
    expect(put).toEqual({ ...record, updatedAt: expect.any(String) });
    expect(await projects.get(record.name)).toEqual(put);
    expect(await projects.list()).toContainEqual(put);
  });

  it('puts a newer commit of the same repository in force', async () => {
    const first = await projects.put(record);
    const second = await projects.put({ ...record, ref: 'release', commit: 'b'.repeat(40) });
    expect(second).toMatchObject({ ref: 'release', commit: 'b'.repeat(40) });
    expect(second.updatedAt >= first.updatedAt).toBe(true);
    expect((await projects.list()).filter(({ name }) => name === record.name)).toEqual([second]);
  });

  it('keeps a name for the repository that had it first, also of two at once', async () => {
    const other = { ...record, repo: '/repositories/other' };
    const both = await Promise.allSettled([projects.put(record), projects.put(other)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const { repo } = await projects.get(record.name);
    const loser = repo === record.repo ? other : record;
    expect(await codeOf(projects.put(loser))).toBe('CONFLICT');
  });

  it('puts a change in force by an approval of it, once, and by no other', async () => {
    await projects.put(record);
    const next = { ...record, commit: 'b'.repeat(40) };
    const put = (approval: string, row = next, after = record.commit) =>
      projects.put(row, { members: [], policies: {}, after, approval });
    const authorSet = { authors: [], strangers: [], machineStarted: false };
    const asked = async (subject: string) => {
      const about = { project: record.name, kind: 'change', subject, round: 1 } as const;
      const rest = {
        digests: { policy: 'p' },
        stages: [stageNamed('changes')],
        authorSet,
        requestedBy: 'ann',
      };
      return (await approvals.open({ ...about, ...rest })).id;
    };
    const [id, other] = [await asked(`change@${next.commit}`), await asked(`change@${'c'.repeat(40)}`)];
    expect(await codeOf(put(id))).toBe('CONFLICT');
    for (const one of [id, other]) await approvals.end(one, 'approved', 'ann said yes');
    expect(await codeOf(put(other))).toBe('CONFLICT');
    expect((await projects.get(record.name)).commit).toBe(record.commit);
    expect(await projects.hasApplied(id)).toBe(false);
    expect((await put(id)).commit).toBe(next.commit);
    expect(await projects.hasApplied(id)).toBe(true);
    await projects.put(record);
    expect(await codeOf(put(id))).toBe('CONFLICT');
    expect((await projects.get(record.name)).commit).toBe(record.commit);
  });

  it('says so where there is no such project', async () => {
    expect(await codeOf(projects.get('nowhere'))).toBe('PROJECT_NOT_FOUND');
  });

  const strict = policySchema.parse({ version: 1, description: 'strict' });
  /** Puts the record as the organisation's or not, after what is in force of it; its commit. */
  async function putOrganisation(digit: string, organisation: typeof strict | null | undefined) {
    const after = (await projects.list()).find(({ name }) => name === record.name)?.commit ?? null;
    const models = organisation === undefined ? record.config.models : [];
    const config = { ...record.config, models, organisation: organisation !== undefined };
    const governed = { members: [], policies: {}, after, approval: null };
    const commit = digit.repeat(40);
    await projects.put(
      { ...record, config, commit },
      organisation === undefined ? governed : { ...governed, organisation },
    );
    return commit;
  }

  it('puts the policy of the organisation in force with its project, for as long as that is it', async () => {
    expect(await projects.organisation()).toBeUndefined();
    const first = await putOrganisation('1', strict);
    expect(await projects.organisation()).toMatchObject({ name: record.name, commit: first });
    expect(await policies.inForce(null, null)).toMatchObject({ policy: strict, commit: first });
    const lax = { ...strict, description: 'lax' };
    const second = await putOrganisation('2', lax);
    expect(await policies.inForce(null, null)).toMatchObject({ policy: lax, commit: second });
    await putOrganisation('3', null);
    expect(await policies.inForce(null, null)).toBeUndefined();
    expect(await projects.organisation()).toMatchObject({ name: record.name });
    await putOrganisation('4', strict);
    expect(await policies.inForce(null, null)).toMatchObject({ policy: strict });
    await putOrganisation('5', undefined);
    expect(await policies.inForce(null, null)).toBeUndefined();
    expect(await projects.organisation()).toBeUndefined();
  });

  it('leaves the policy of the organisation alone when another project is put', async () => {
    await putOrganisation('1', strict);
    const name = `${record.name}-other`;
    const governed = { members: [], policies: {}, approval: null, after: null };
    await projects.put({ ...record, name }, governed);
    await projects.put({ ...record, name, commit: 'b'.repeat(40) }, { ...governed, after: record.commit });
    expect(await policies.inForce(null, null)).toMatchObject({ policy: strict });
    await putOrganisation('2', undefined);
  });

  it('has one organisation, also of many that are put at once, and names it to the others', async () => {
    const names = [1, 2, 3, 4].map((turn) => `${record.name}-${turn}`);
    const put = (name: string) => {
      const config = { ...record.config, models: [], organisation: true };
      const policy = { ...strict, description: name };
      const governed = { members: [], policies: {}, approval: null, organisation: policy, after: null };
      return projects.put({ ...record, name, config }, governed);
    };
    const all = await Promise.allSettled(names.map(put));
    const first = await projects.organisation();
    const refusals = all.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    expect(refusals).toHaveLength(3);
    for (const refusal of refusals) {
      expect(refusal).toMatchObject({
        code: 'CONFLICT',
        message: expect.stringContaining(`project "${first?.name}" is the organisation's`),
      });
    }
    expect(await policies.inForce(null, null)).toMatchObject({ policy: { description: first?.name } });
    const known = (await projects.list()).filter(({ name }) => names.includes(name));
    expect(known.map(({ name }) => name)).toEqual([first?.name]);
    record = { ...record, name: first?.name ?? '' };
    await putOrganisation('2', undefined);
  });
}
