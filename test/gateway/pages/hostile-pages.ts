import { confusionMatrixSvg } from '../../../charts/confusion-matrix.js';
import { monitoringReportPage } from '../../../gateway/pages/monitoring-report.js';
import { root } from '../../../serving/http/describe/example-page.js';
import { madeReport } from './made-report.js';

/** Texts that would run, load, end or begin something in a page that takes them as they are. */
export const corpus = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '" autofocus onfocus="alert(1)',
  '</title><script>alert(1)</script>',
  '</style><style>@import "//evil.example"</style>',
  '</text></svg><iframe src="javascript:alert(1)">',
  '<svg/onload=alert(1)>',
  '<a href="javascript:alert(1)">x</a>',
  ']]><script>alert(1)</script>',
  '--><script>alert(1)</script><!--',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '{{constructor.constructor("alert(1)")()}}',
  '\u0000<script\u0000>alert(1)</script>',
] as const;

export const reportPage = (text: string) => {
  const made = madeReport(13, [text, 'distance']);
  const incidents = made.incidents.map((incident) => ({
    ...{ ...incident, id: text, run: text, closedAt: incident.openedAt, closedBecause: text },
    sights: incident.sights.map((sight) => ({ ...sight, because: text, columns: [text] })),
  }));
  return monitoringReportPage({ ...made, endpoint: text, incidents }).html;
};

export const chartPage = (text: string) => {
  const counts = [
    [1, 2],
    [3, 4],
  ];
  const { svg, table } = confusionMatrixSvg({ title: text, confusion: { labels: [text, 'b'], counts } });
  return svg + table;
};

/** With the policy that a browser is told beside it. */
export function examplePage(text: string): { readonly html: string; readonly policy: string } {
  const tensor = { name: text, type: 'string', shape: [-1, 1] } as const;
  const ready = { model: text, version: text, state: 'READY', reason: '' } as const;
  const broken = { ...ready, state: 'UNAVAILABLE', reason: text, interface: null } as const;
  const versions = () => [{ ...ready, interface: { inputs: [tensor], outputs: [tensor] } }, broken];
  const request = { headers: { accept: 'text/html', host: text } };
  const answer = root({ plane: { versions }, request } as unknown as Parameters<typeof root>[0]);
  if (answer === 'streamed') throw new Error('a page is no stream');
  return { html: String(answer.content), policy: answer.headers?.['content-security-policy'] ?? '' };
}
