import { describe, expect, it } from 'vitest';
import { confusionMatrixSvg } from '../../../charts/confusion-matrix.js';
import { monitoringReportPage } from '../../../gateway/pages/monitoring-report.js';
import { root } from '../../../serving/http/describe/example-page.js';
import { madeReport } from './made-report.js';

/** Texts that would run, load, end or begin something in a page that takes them as they are. */
const corpus = [
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

/** Names of elements and of their attributes, whatever stands in them. */
function skeleton(html: string): string[] {
  const tags = html.match(/<[^>]*>/g) ?? [];
  return [...new Set(tags.map((tag) => tag.replaceAll(/="[^"]*"/g, '=""')))].sort();
}

const report = (text: string) => {
  const made = madeReport(13, [text, 'distance']);
  const incidents = made.incidents.map((incident) => ({
    ...{ ...incident, id: text, run: text, closedAt: incident.openedAt, closedBecause: text },
    sights: incident.sights.map((sight) => ({ ...sight, because: text, columns: [text] })),
  }));
  return monitoringReportPage({ ...made, endpoint: text, incidents }).html;
};

const chart = (text: string) => {
  const counts = [
    [1, 2],
    [3, 4],
  ];
  const { svg, table } = confusionMatrixSvg({ title: text, confusion: { labels: [text, 'b'], counts } });
  return svg + table;
};

function examplePage(text: string): string {
  const tensor = { name: text, type: 'string', shape: [-1, 1] } as const;
  const ready = { model: text, version: text, state: 'READY', reason: '' } as const;
  const broken = { ...ready, state: 'UNAVAILABLE', reason: text, interface: null } as const;
  const versions = () => [{ ...ready, interface: { inputs: [tensor], outputs: [tensor] } }, broken];
  const request = { headers: { accept: 'text/html', host: text } };
  const answer = root({ plane: { versions }, request } as unknown as Parameters<typeof root>[0]);
  if (answer === 'streamed') throw new Error('a page is no stream');
  expect(answer.headers?.['content-security-policy']).toContain("default-src 'none'");
  return String(answer.content);
}

describe.each([
  ['the report of a watch', report],
  ['a chart with its table', chart],
  ['the page of a server of models', examplePage],
])('%s', (_, page) => {
  it.each(corpus)('has %j as text: no element and no attribute more than with harmless words', (text) => {
    const html = page(text);
    expect(skeleton(html)).toEqual(skeleton(page('harmless words')));
    expect(html).not.toMatch(/<(script|iframe|img)|href="javascript:/i);
  });
});
