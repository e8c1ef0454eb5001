import type { ApprovalRecord, ApprovalStore } from '../../domain/ports/approvals.js';

/** All approvals of a project that people are asked about, or those of one kind; null asks about all projects. */
export async function openApprovals(
  { approvals }: { readonly approvals: Pick<ApprovalStore, 'list'> },
  project: string | null,
  kind?: ApprovalRecord['kind'],
): Promise<readonly ApprovalRecord[]> {
  const found: ApprovalRecord[] = [];
  let after: string | undefined;
  do {
    const page = await approvals.list({
      status: 'open',
      limit: 200,
      ...(project === null ? {} : { project }),
      ...(kind === undefined ? {} : { kind }),
      ...(after === undefined ? {} : { after }),
    });
    found.push(...page.approvals);
    after = page.next ?? undefined;
  } while (after !== undefined);
  return found;
}
