import { samples, withTask, type Sample } from './sample.js';

const http = (rest: string): string =>
  `{ call: http, with: { method: get, endpoint: 'https://a.example', ${rest} } }`;
const signed = (policy: string): string =>
  `{ call: http, with: { method: get, endpoint: { uri: 'https://a.example', authentication: ${policy} } } }`;
const openapi = (rest: string): string =>
  `{ call: openapi, with: { document: { endpoint: 'govstack://payments/openapi.json' }, operationId: pay, ${rest} } }`;

/** Calls and authentication. OWS DSL 1.0.3, Call, Authentication. */
export const callSamples: readonly Sample[] = samples(
  [
    ['http', "{ call: http, with: { method: get, endpoint: 'https://a.example/{id}' } }", 'valid'],
    [
      'http, an expression as endpoint',
      "{ call: http, with: { method: get, endpoint: '${ .url }' } }",
      'valid',
    ],
    [
      'http, endpoint.uri',
      "{ call: http, with: { method: get, endpoint: { uri: 'https://a.example' } } }",
      'valid',
    ],
    ['http, endpoint without uri', '{ call: http, with: { method: get, endpoint: {} } }', 'missing-property'],
    [
      'http, endpoint with spaces',
      "{ call: http, with: { method: get, endpoint: 'not there' } }",
      'wrong-format',
    ],
    ['http, no method', "{ call: http, with: { endpoint: 'https://a.example' } }", 'missing-property'],
    ['http, no endpoint', '{ call: http, with: { method: get } }', 'missing-property'],
    ['http, no with', '{ call: http }', 'missing-property'],
    ['http, headers', http('headers: { Accept: text/plain }'), 'valid'],
    ['http, headers as an expression', http("headers: '${ .headers }'"), 'valid'],
    ['http, headers with a number', http('headers: { X-Count: 1 }'), 'wrong-type'],
    ['http, query', http("query: { a: '${ .a }' }"), 'valid'],
    ['http, query as an expression', http("query: '${ .query }'"), 'valid'],
    ['http, query with a number', http('query: { a: 1 }'), 'wrong-type'],
    ['http, body', http('body: { a: [1] }'), 'valid'],
    ['http, output raw', http('output: raw'), 'valid'],
    ['http, output response', http('output: response'), 'valid'],
    ['http, output unknown', http('output: json'), 'wrong-value'],
    ['http, redirect', http('redirect: true'), 'valid'],
    ['http, redirect a text', http("redirect: 'true'"), 'wrong-type'],
    ['http, misspelt', http('header: {}'), 'unknown-property'],

    ['basic', signed('{ basic: { username: a, password: b } }'), 'valid'],
    ['basic, no password', signed('{ basic: { username: a } }'), 'missing-property'],
    ['bearer', signed("{ bearer: { token: '${ $secrets.token }' } }"), 'unknown-name'],
    ['bearer, no token', signed('{ bearer: {} }'), 'missing-property'],
    ['digest', signed('{ digest: { username: a, password: b } }'), 'valid'],
    [
      'oauth2',
      signed(
        "{ oauth2: { authority: 'https://id.example', grant: client_credentials, client: { id: a, secret: b, authentication: client_secret_basic }, scopes: [x], audiences: [y], issuers: [z], request: { encoding: application/json }, endpoints: { token: /t, revocation: /r, introspection: /i } } }",
      ),
      'valid',
    ],
    [
      'oauth2, password',
      signed("{ oauth2: { authority: 'https://id.example', grant: password, username: a, password: b } }"),
      'valid',
    ],
    [
      'oauth2, token exchange',
      signed(
        "{ oauth2: { authority: 'https://id.example', grant: 'urn:ietf:params:oauth:grant-type:token-exchange', subject: { token: a, type: b }, actor: { token: a, type: b } } }",
      ),
      'valid',
    ],
    ['oauth2, no grant', signed("{ oauth2: { authority: 'https://id.example' } }"), 'missing-property'],
    [
      'oauth2, grant unknown',
      signed("{ oauth2: { authority: 'https://id.example', grant: implicit } }"),
      'wrong-value',
    ],
    [
      'oauth2, client unknown',
      signed("{ oauth2: { authority: 'https://id.example', grant: password, client: { key: a } } }"),
      'unknown-property',
    ],
    [
      'oauth2, a token without type',
      signed("{ oauth2: { authority: 'https://id.example', grant: refresh_token, subject: { token: a } } }"),
      'missing-property',
    ],
    [
      'oidc',
      signed(
        "{ oidc: { authority: 'https://id.example', grant: client_credentials, client: { id: a, assertion: b, authentication: private_key_jwt } } }",
      ),
      'valid',
    ],
    ['certificate', signed('{ certificate: {} }'), 'not-a-choice'],
    [
      'basic and bearer',
      signed('{ basic: { username: a, password: b }, bearer: { token: c } }'),
      'several-choices',
    ],

    ['openapi', openapi('parameters: { id: 1, body: { a: b } }'), 'valid'],
    [
      'openapi, document.name',
      "{ call: openapi, with: { document: { name: d, endpoint: 'https://a.example/{v}.json' }, operationId: pay } }",
      'valid',
    ],
    ['openapi, authentication', openapi('authentication: { basic: { username: a, password: b } }'), 'valid'],
    ['openapi, output', openapi('output: response, redirect: false'), 'valid'],
    ['openapi, operation_id', openapi('operation_id: pay'), 'unknown-property'],
    ['openapi, parameters as a text', openapi("parameters: '${ . }'"), 'wrong-type'],
    [
      'openapi, no operationId',
      "{ call: openapi, with: { document: { endpoint: 'https://a.example' } } }",
      'missing-property',
    ],
    ['openapi, no document', '{ call: openapi, with: { operationId: pay } }', 'missing-property'],
    ['humanTask', '{ call: humanTask:1.0.0@default, with: { title: T, role: citizen, form: f } }', 'valid'],
    ['a function without a name', "{ call: '' }", 'wrong-size'],
    ['a function without with', '{ call: person:1.0.0@default }', 'valid'],
    [
      'a function of the catalog that does not exist',
      '{ call: humantask:1.0.0@default, with: {} }',
      'unknown-function',
    ],
    ['a function that does not exist', '{ call: notThere }', 'unknown-function'],
    ['a function, with a list', '{ call: person:1.0.0@default, with: [1] }', 'wrong-type'],
    [
      'asyncapi',
      "{ call: asyncapi, with: { document: { endpoint: 'https://a.example' }, operation: o, message: { payload: {} } } }",
      'refused-task',
    ],
    [
      'grpc',
      "{ call: grpc, with: { proto: { endpoint: 'https://a.example' }, service: { name: s, host: h }, method: m } }",
      'refused-task',
    ],
    ['a2a', '{ call: a2a, with: { method: tasks/get } }', 'refused-task'],
    [
      'mcp',
      "{ call: mcp, with: { method: tools/list, transport: { http: { endpoint: 'https://a.example' } } } }",
      'refused-task',
    ],
  ],
  withTask,
);
