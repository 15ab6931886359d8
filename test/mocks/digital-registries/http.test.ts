import { describe, expect, it } from '@jest/globals';
import express from 'express';
import request from 'supertest';
import { blockRouter } from '../../../mocks/kit/http.js';
import { WORKSPACE } from '../kit/test-deps.js';
import { CLIENT, packages, people, POPULATION, query, startRegistries, write } from './registries-setup.js';

async function served(): Promise<ReturnType<typeof request>> {
  const { block } = await startRegistries();
  return request(express().use(blockRouter(block, () => WORKSPACE)));
}

const client = { 'Information-Mediator-Client': CLIENT };

describe('digital registries over HTTP', () => {
  it('create, read, list, readValue, usage and delete', async () => {
    const http = await served();
    const content = { id: 'P 1/2', title: 'Household support' };
    const created = await http.post('/data/packages/1.0/create').set(client).send(write(content));
    expect(created.status).toBe(200);
    expect(created.body).toEqual({ content });
    const value = await http.get('/data/packages/1.0/P%201%2F2/readValue/title.json').set(client);
    expect(value.headers['content-type']).toMatch(/^application\/json/);
    expect(value.text).toBe('"Household support"');

    const read = await http
      .post(`${POPULATION}/read`)
      .set({ ...client, 'X-Sandbox-Fields': 'firstName' })
      .send(query({ individualId: 'IND-0001' }));
    expect(read.body).toEqual({ content: { firstName: 'Amina' } });
    const page = await http.get(`${POPULATION}?pageSize=2&query.region=North&query.alive=true`).set(client);
    expect(page.body).toEqual({ count: 1, results: [people[0]] });
    const usage = await http
      .get('/data/mypersonalDataUsage?userId=IND-0001&databaseId=population')
      .set(client);
    expect(usage.body).toHaveLength(2);
    const gone = await http.delete('/data/packages/1.0/P%201%2F2/delete').set(client);
    expect([gone.status, gone.text]).toEqual([204, '']);
  });

  it('refuses what is not valid as problem+json, and never fails on careless bodies', async () => {
    const http = await served();
    const noClient = await http.get(POPULATION);
    expect(noClient.status).toBe(400);
    expect(noClient.headers['content-type']).toMatch(/^application\/problem\+json/);
    for (const body of ['', '{"write":', '[]', '"text"']) {
      const answer = await http
        .post(`${POPULATION}/create`)
        .set({ ...client, 'content-type': 'application/json' })
        .send(body);
      expect(answer.status).toBe(400);
    }
    const missing = await http
      .post(`${POPULATION}/read`)
      .set(client)
      .send(query({ individualId: 'IND-0404' }));
    expect([missing.status, missing.body]).toEqual([404, { detail: 'no record found' }]);
    expect((await http.patch(POPULATION).set(client)).status).toBe(405);
  });

  it('serves its contract, and keeps workspaces apart', async () => {
    const { block } = await startRegistries({ registries: [packages] });
    const other = 'other' as typeof WORKSPACE;
    const http = request(
      express().use(blockRouter(block, (incoming) => (incoming.get('x-test') ? other : WORKSPACE))),
    );
    const document = (await http.get('/openapi.json')).body as { paths: Record<string, unknown> };
    expect(Object.keys(document.paths)).toContain(
      '/data/{registryName}/{versionNumber}/{uuid}/readValue/{field}.{ext}',
    );
    expect((await http.get('/data/packages/1.0').set(client)).status).toBe(200);
    expect((await http.get('/data/packages/1.0').set({ ...client, 'x-test': '1' })).status).toBe(404);
  });
});
