import { Registry } from 'prom-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { modelMetrics } from '../../../serving/metrics/model-metrics.js';
import { requestMetrics } from '../../../serving/metrics/request-metrics.js';
import { type ServedPlane, servePlane } from './served-plane.js';

const registry = new Registry();
const browser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
let served: ServedPlane;
beforeAll(async () => {
  served = await servePlane({ observer: requestMetrics(registry) });
  modelMetrics(registry, served.plane);
});
afterAll(() => served.listening.close());

describe('what the server says about itself and its models', () => {
  it('says that it lives, and whether it is ready', async () => {
    expect(await served.ask('/v2/health/live')).toMatchObject({ status: 200, body: { live: true } });
    expect(await served.ask('/v2/health/ready')).toMatchObject({ status: 200, body: { ready: true } });
    served.plane.ready = false;
    expect(await served.ask('/v2/health/ready')).toMatchObject({ status: 503, body: { ready: false } });
    served.plane.ready = true;
    expect(await served.ask('/v2/models/double/ready')).toMatchObject({
      body: { name: 'double', ready: true },
    });
    expect(await served.ask('/v2/models/double/versions/1/ready')).toMatchObject({ status: 200 });
  });

  it('says what it speaks, with a slash at the end or without', async () => {
    const { body } = await served.ask('/v2');
    expect(body).toMatchObject({
      name: 'ratchet',
      extensions: expect.arrayContaining(['binary_tensor_data']),
      execution_provider: 'cpu',
    });
    expect(body).not.toHaveProperty('revision');
    expect((await served.ask('/v2/')).body).toEqual(body);
  });

  it('says what a model reads and answers', async () => {
    expect((await served.ask('/v2/models/double')).body).toEqual({
      name: 'double',
      versions: ['1', '2'],
      platform: 'onnx_onnxv1',
      inputs: [{ name: 'x', datatype: 'FP32', shape: [-1, 3] }],
      outputs: [{ name: 'y', datatype: 'FP32', shape: [-1, 3] }],
      properties: { execution_provider: 'cpu' },
    });
  });

  it('lists what it has, loads and unloads', async () => {
    const index = async (body?: object) =>
      (await served.ask('/v2/repository/index', body ?? '')).body as { name: string }[];
    expect(await index()).toContainEqual({
      name: 'broken',
      version: '1',
      state: 'UNAVAILABLE',
      reason: 'the file is cut off',
    });
    expect(await index({ ready: true })).not.toContainEqual(expect.objectContaining({ name: 'broken' }));
    expect(await served.ask('/v2/repository/models/pick/unload', {})).toMatchObject({ status: 200 });
    expect(await served.ask('/v2/models/pick/predict', [0])).toMatchObject({ status: 503 });
    expect(await served.ask('/v2/repository/models/pick/load', '')).toMatchObject({ status: 200 });
    expect(await served.ask('/v2/models/pick/predict', [0])).toMatchObject({ status: 200 });
  });

  it('counts rows and batches by version', async () => {
    await served.ask('/v2/models/double/versions/1/predict', [
      [1, 2, 3],
      [4, 5, 6],
    ]);
    const { body } = await served.ask('/v2/models/double/versions/1/stats');
    expect(body).toMatchObject({
      model_stats: [
        {
          name: 'double',
          version: '1',
          inference_count: 2,
          execution_count: 1,
          inference_stats: { success: { count: 1 } },
          batch_stats: [{ batch_size: 2 }],
        },
      ],
    });
    const all = (await served.ask('/v2/models/stats')).body as { model_stats: unknown[] };
    expect(all.model_stats).toHaveLength(5);
  });

  it('describes each model as OpenAPI, from its interface', async () => {
    const { body } = await served.ask('/v2/models/kinds/openapi.json');
    expect(body).toMatchObject({ openapi: '3.1.0', info: { title: 'kinds', version: '1' } });
    const text = JSON.stringify(body);
    for (const name of ['f32', 'f64', 'i64', 'i32', 'flag', 'text', 'out_text'])
      expect(text).toContain(`"${name}"`);
  });

  it('shows a page of calls, and what it shows works', async () => {
    const page = await (await fetch(`${served.base}/`, { headers: browser })).text();
    for (const label of ['curl', 'Python', 'JavaScript']) expect(page).toContain(`<h3>${label}</h3>`);
    const shown = [
      ...page.matchAll(/curl &#39;(\S+)&#39; -H &#39;content-type: (\S+)&#39; -d &#39;(.*)&#39;/g),
    ];
    expect(shown).toHaveLength(12);
    for (const [, url = '', type = '', data = ''] of shown) {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': type },
        body: data.replaceAll('&quot;', '"'),
      });
      const text = await response.text();
      expect([response.status, text]).toEqual([200, expect.not.stringContaining('error')]);
    }
  });

  it('says at the same address that it lives, to whoever wants no page', async () => {
    expect((await served.ask('/')).body).toEqual({ status: 'alive' });
  });

  it('escapes what comes from outside in that page', async () => {
    const response = await fetch(served.base, { headers: browser });
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it('counts in the names of Triton and MLServer, and makes no series of names from requests', async () => {
    await served.ask('/v2/models/double/predict', [[1, 2, 3]]);
    await served.ask('/v2/models/double/predict', [['a', 2, 3]]);
    await served.ask('/nowhere/else', {});
    await served.ask('/v2/models/made-up-name/predict', []);
    const text = await registry.metrics();
    expect(text).toMatch(/nv_inference_count\{model="double",version="2"\} [1-9]/);
    expect(text).toMatch(/nv_inference_exec_count\{model="double",version="2"\} [1-9]/);
    expect(text).toMatch(/model_infer_request_success_total\{model_name="double",model_version="2"\} [1-9]/);
    expect(text).toMatch(
      /rest_server_requests_total\{method="POST",path="\/v2\/models\/\{model\}\/predict",status_code="404"\} 1/,
    );
    expect(text).toMatch(/rest_server_requests_total\{method="other",path="other",status_code="404"\} 1/);
    expect(text).toMatch(/rest_server_request_duration_seconds_bucket\{le="0.0005",method="POST"/);
    expect(text).not.toMatch(/made-up-name|nowhere/);
  });
});
