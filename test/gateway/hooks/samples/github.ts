import examples from '@octokit/webhooks-examples';

interface Sample {
  readonly name: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** Every sample of the package, by the name of its event. Its types say one thing of the module, and Node another. */
export const githubSamples = (
  examples as unknown as readonly { readonly name: string; readonly examples: readonly Sample['payload'][] }[]
).flatMap(({ name, examples: all }) => all.map((payload): Sample => ({ name, payload })));
