import { escapeMarkup } from '../../../domain/escape-markup.js';
import type { ServedVersion } from '../../data-plane-port.js';
import { type Answer, answerJson, type Call } from '../call.js';
import { curlExample, javascriptExample, pythonExample } from './example-calls.js';

/** `GET /`: for people what is served, and how each model is called; KServe's clients of v1 ask there whether it lives. */
export function root(call: Call): Answer {
  const isBrowser = call.request.headers.accept?.includes('text/html') ?? false;
  return isBrowser ? examplePage(call) : answerJson({ status: 'alive' });
}

function examplePage({ plane, request }: Call): Answer {
  const base = `http://${request.headers.host ?? 'localhost'}`;
  const models = plane.versions().map((served) => section(base, served));
  const none = '<p>No model is served. Put one at &lt;name&gt;/&lt;version&gt;/model.onnx in the folder.</p>';
  return {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
    },
    content: page(models.length === 0 ? none : models.join('\n')),
  };
}

function section(base: string, served: ServedVersion): string {
  const { model, version, state, reason, interface: read } = served;
  const title = `<h2>${escapeMarkup(model)} <small>version ${escapeMarkup(version)}, ${state}</small></h2>`;
  if (read === null || state !== 'READY') return `${title}\n<p>${escapeMarkup(reason)}</p>`;
  if ([...read.inputs, ...read.outputs].some(({ type }) => type === 'float16')) {
    return `${title}\n<p>It has a tensor of FP16, which has no JSON form: ask it with binary tensors or over gRPC.</p>`;
  }
  const calls = [curlExample, pythonExample, javascriptExample].map(
    ({ label, write }) => `<h3>${label}</h3>\n<pre>${escapeMarkup(write(base, served, read.inputs))}</pre>`,
  );
  const api = `/v2/models/${encodeURIComponent(model)}/openapi.json`;
  return `${title}\n<p><a href="${escapeMarkup(api)}">OpenAPI</a></p>\n${calls.join('\n')}`;
}

const page = (content: string) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Models served by Ratchet</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
pre { background: #f3f3f3; color: #111; padding: 0.75rem; overflow-x: auto; }
</style>
</head>
<body>
<main>
<h1>Models served here</h1>
${content}
</main>
</body>
</html>
`;
