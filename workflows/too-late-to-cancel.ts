import { CancellationScope } from '@temporalio/workflow';

/** Work that is done to its end once it has begun. A story that was cancelled before does not begin it. */
export async function tooLateToCancel<T>(work: () => Promise<T>): Promise<T> {
  const scope = CancellationScope.current();
  return scope.consideredCancelled ? scope.cancelRequested : CancellationScope.nonCancellable(work);
}
