import type { Json, JsonObject } from '../../../../contracts/json.js';
import { listAt, textAt } from '../../json-at.js';
import type { Answer, CheckContext, Expected, Scenario } from '../../suite.js';
import { asClient, newSubscription, newType, place, published } from './rooms.js';

const TYPES = ['createEventType', 'publishEvent'];

const pull = (c: CheckContext, eventType: string, expected: Expected = 'success'): Promise<Answer> =>
  c.call('pullEvent', { path: { ...place(c), eventType }, headers: asClient(c, 'client') }, expected);

const confirm = (
  c: CheckContext,
  eventType: string,
  eventId: string,
  expected: Expected = [204],
): Promise<Answer> =>
  c.call(
    'confirmEvent',
    { path: { ...place(c), eventType, eventId }, headers: asClient(c, 'client') },
    expected,
  );

const codesOf = (answer: Answer): readonly string[] =>
  listAt(answer, 'member').map((one) => textAt(one, 'serviceCode'));

/** The directory, the configuration, and rooms with their events. */
export function mediatorScenarios(): readonly Scenario[] {
  return [
    {
      id: 'directory',
      title:
        'A provider, its services and their documents are found; only the rights of the caller are shown',
      operations: ['listClients', 'listMethods', 'allowedMethods', 'getOpenAPI'],
      play: async (c) => {
        const { instanceId = '', memberCode } = place(c);
        const path = place(c);
        const code = c.fixtures.text('serviceCode');
        const members = listAt(await c.call('listClients'), 'member');
        c.expect(
          members.some((one) => textAt(one, 'id', 'memberCode') === memberCode),
          'a member that there is is listed',
          `${memberCode} is not there`,
        );
        const own = listAt(await c.call('listClients', { query: { instanceId } }), 'member');
        c.expect(
          own.length > 0 && own.every((one) => textAt(one, 'id', 'instanceId') === instanceId),
          'only members of the instance that is asked for are listed',
          own.map((one) => textAt(one, 'id', 'instanceId')).join(', '),
        );
        const headers = asClient(c, 'client');
        c.expect(
          codesOf(await c.call('listMethods', { path, headers })).includes(code),
          'a service that there is is listed',
          `${code} is not there`,
        );
        c.expect(
          codesOf(await c.call('allowedMethods', { path, headers })).includes(code),
          'a service that the caller may use is listed',
          `${code} is not there`,
        );
        const strange = await c.call('allowedMethods', { path, headers: asClient(c, 'provider') }, 'any');
        c.expect(
          !codesOf(strange).includes(code),
          'a service that the caller may not use is not listed',
          `${code} is there`,
        );
        const document = await c.call('getOpenAPI', { path, headers, query: { serviceCode: code } });
        const text = typeof document.body === 'string' ? document.body : JSON.stringify(document.body);
        c.expect(/openapi|swagger/.test(text), 'a service has its OpenAPI document', text.slice(0, 100));
        await c.call('getOpenAPI', { path, headers, query: { serviceCode: c.unique('none') } }, 'refused');
        const nobody = { ...path, memberCode: c.unique('none') };
        await c.call('listMethods', { path: nobody, headers }, 'refused');
      },
    },
    {
      id: 'caller-names',
      title: 'The caller’s header is understood under its three names',
      operations: ['allowedMethods'],
      play: async (c) => {
        for (const name of ['X-GovStack-Client', 'Information-Mediator-Client', 'X-Road-Client']) {
          const answer = await c.call('allowedMethods', {
            path: place(c),
            headers: { [name]: c.fixtures.text('client') },
          });
          c.expect(
            codesOf(answer).includes(c.fixtures.text('serviceCode')),
            `${name} names the caller`,
            JSON.stringify(answer.body).slice(0, 200),
          );
        }
        await c.call('allowedMethods', { path: place(c) }, 'refused');
      },
    },
    {
      id: 'rights',
      title: 'Rights come in pages that together hold each once',
      operations: ['getAllowed', 'listIMconf', 'checkIMconf'],
      play: async (c) => {
        await c.call('checkIMconf');
        const configured = JSON.stringify((await c.call('listIMconf')).body);
        c.expect(
          configured.includes(c.fixtures.text('serviceCode')),
          'the configuration holds the service',
          'it is not there',
        );
        const pages = async (pageSize: string): Promise<readonly string[]> => {
          const found: string[] = [];
          let nextPageToken: string | undefined;
          for (let page = 0; page < 200; page += 1) {
            const query = { pageSize, ...(nextPageToken === undefined ? {} : { nextPageToken }) };
            const answer = await c.call('getAllowed', { query });
            found.push(
              ...listAt(answer, 'allowList').flatMap((service) =>
                listAt(service, 'rights').map((right) =>
                  [
                    textAt(service, 'memberCode'),
                    textAt(service, 'serviceId'),
                    textAt(right, 'memberCode'),
                    textAt(right, 'applicationId'),
                  ].join('/'),
                ),
              ),
            );
            nextPageToken = textAt(answer, 'nextPageToken') || undefined;
            if (nextPageToken === undefined) break;
          }
          return found.sort();
        };
        const all = await pages('1000');
        c.holds([...(await pages('1'))], [...all], 'small pages hold what one large page holds');
        const { memberCode = '' } = place(c);
        const filtered = listAt(await c.call('getAllowed', { query: { memberCode } }), 'allowList');
        c.expect(
          filtered.length > 0 && filtered.every((one) => textAt(one, 'memberCode') === memberCode),
          'only the member that is asked for is shown',
          filtered.map((one) => textAt(one, 'memberCode')).join(', '),
        );
      },
    },
    {
      id: 'event-types',
      title: 'An event type is made once by the owner of the room, listed, read, deleted and gone',
      operations: ['createEventType', 'getEventTypeList', 'getEventType', 'deleteEventType', 'publishEvent'],
      play: async (c) => {
        const path = place(c);
        const headers = asClient(c, 'provider');
        const eventType = await newType(c);
        const body = { eventType, schema: { type: 'object' } };
        await c.call('createEventType', { path, headers, body }, [409]);
        c.expect(
          listAt(await c.call('getEventTypeList', { path, headers })).includes(eventType),
          'what is created is listed',
          `${eventType} is not there`,
        );
        const read = await c.call('getEventType', { path: { ...path, eventType }, headers });
        c.holds(read.body, { eventType, schema: { required: ['district'] } }, 'what is created is read back');
        await c.call(
          'createEventType',
          { path, headers: asClient(c, 'client'), body: { ...body, eventType: c.unique('foreign-') } },
          'refused',
        );
        await c.call('getEventType', { path: { ...path, eventType: c.unique('none') }, headers }, [204]);
        await c.call('deleteEventType', { path: { ...path, eventType }, headers }, [204]);
        await c.call('deleteEventType', { path: { ...path, eventType }, headers }, [404]);
        await c.call(
          'publishEvent',
          { path: { ...path, eventType }, headers, body: { eventType, event: { district: 'x' } } },
          [404],
        );
      },
    },
    {
      id: 'publishing',
      title: 'An event that fits its schema is published, read, taken back',
      operations: [...TYPES, 'getStatus', 'deleteEvent'],
      play: async (c) => {
        const eventType = await newType(c);
        const headers = asClient(c, 'provider');
        const path = { ...place(c), eventType };
        await c.call('publishEvent', { path, headers, body: { eventType, event: { district: 7 } } }, [400]);
        await c.call(
          'publishEvent',
          { path, headers, body: { eventType: 'other', event: { district: 'hills' } } },
          [400],
        );
        const eventId = await published(c, eventType);
        const read = await c.call('getStatus', { path: { ...path, eventId }, headers });
        c.holds(
          read.body,
          { id: eventId, eventType, event: { district: 'hills' } },
          'an event is read as it was published',
        );
        await c.call(
          'deleteEvent',
          { path: { ...path, eventId }, headers: asClient(c, 'client') },
          'refused',
        );
        await c.call('deleteEvent', { path: { ...path, eventId }, headers }, [204]);
        await c.call('getStatus', { path: { ...path, eventId }, headers }, [404]);
        await c.call('deleteEvent', { path: { ...path, eventId }, headers }, [404]);
      },
    },
    {
      id: 'subscriptions',
      title: 'A subscription is made once, read, listed, changed, ended',
      operations: ['createEventType', 'addSub', 'getSub', 'listSub', 'patchSub', 'deleteSub'],
      play: async (c) => {
        const eventType = await newSubscription(c, { options: { FIFO: true } });
        const path = { ...place(c), eventType };
        const headers = asClient(c, 'client');
        await c.call('addSub', { path, headers, body: { eventType } }, [409]);
        const shown = { eventType, delivery: 'PULL', options: { FIFO: true } };
        c.holds((await c.call('getSub', { path, headers })).body, shown, 'what is subscribed is read back');
        const all = listAt(await c.call('listSub', { path: place(c), headers }));
        c.expect(
          all.some((one) => textAt(one, 'eventType') === eventType),
          'what is subscribed is listed',
          `${eventType} is not there`,
        );
        const others = await c.call('listSub', { path: place(c), headers: asClient(c, 'provider') }, 'any');
        c.expect(
          !listAt(others).some((one) => textAt(one, 'eventType') === eventType),
          'nobody sees the subscriptions of others',
          `${eventType} is there`,
        );
        await c.call('patchSub', { path, headers, body: { eventType, options: { TTL: 60 } } }, [201]);
        c.holds(
          (await c.call('getSub', { path, headers })).body,
          { ...shown, options: { TTL: 60, FIFO: true } },
          'a change changes what it names and keeps the rest',
        );
        await c.call('deleteSub', { path, headers }, [204]);
        await c.call('getSub', { path, headers }, [404]);
        await c.call('deleteSub', { path, headers }, [404]);
        const none = { ...place(c), eventType: c.unique('none') };
        await c.call('addSub', { path: none, headers, body: { eventType: none.eventType } }, 'refused');
      },
    },
    {
      id: 'pulling',
      title: 'Events are pulled in order, each until it is acknowledged',
      operations: [...TYPES, 'addSub', 'pullEvent', 'confirmEvent'],
      play: async (c) => {
        const eventType = await newSubscription(c);
        await pull(c, eventType, [404]);
        const [first, second] = [
          await published(c, eventType, { district: 'one' }),
          await published(c, eventType, { district: 'two' }),
        ];
        for (const _time of ['first', 'again'])
          c.holds(
            (await pull(c, eventType)).body,
            { id: first, event: { district: 'one' } },
            'the oldest event is pulled until it is acknowledged',
          );
        await confirm(c, eventType, first);
        await confirm(c, eventType, first, [404]);
        c.holds(
          (await pull(c, eventType)).body,
          { id: second, event: { district: 'two' } },
          'the next event follows',
        );
        await confirm(c, eventType, second);
        await pull(c, eventType, [404]);
      },
    },
    {
      id: 'first-in-first-out',
      title: 'With FIFO, events are acknowledged in their order only',
      operations: [...TYPES, 'addSub', 'confirmEvent'],
      play: async (c) => {
        const eventType = await newSubscription(c, { options: { FIFO: true } });
        const [first, second] = [await published(c, eventType), await published(c, eventType)];
        await confirm(c, eventType, second, [409]);
        await confirm(c, eventType, first);
        await confirm(c, eventType, second);
      },
    },
    {
      id: 'pushing',
      title: 'An event is pushed to the subscriber’s address, once',
      operations: [...TYPES, 'addSub'],
      extension: true,
      play: async (c) => {
        const callbackUrl = c.callbackUrl();
        const eventType = await newSubscription(c, { delivery: 'PUSH', callbackUrl });
        const id = await published(c, eventType);
        const told = JSON.parse((await c.callback(callbackUrl, undefined)).body) as Json;
        c.holds(
          told,
          { id, event: { district: 'hills' } } satisfies JsonObject,
          'an event is pushed as it was published',
        );
      },
    },
    {
      id: 'older-directory',
      title: 'The directory answers without the prefix too, in the older shape',
      operations: [
        'listClientsPrefixed',
        'listMethodsUnprefixed',
        'allowedMethodsUnprefixed',
        'getOpenAPIUnprefixed',
      ],
      extension: true,
      play: async (c) => {
        const path = place(c);
        const headers = asClient(c, 'client');
        const code = c.fixtures.text('serviceCode');
        for (const operationId of ['listMethodsUnprefixed', 'allowedMethodsUnprefixed'])
          c.expect(
            codesOf(await c.call(operationId, { path, headers })).includes(code),
            'a service that there is is listed',
            `${code} is not there`,
          );
        await c.call('getOpenAPIUnprefixed', { path, headers, query: { serviceCode: code } });
      },
    },
    {
      id: 'tenants',
      title: 'What is published to one tenant no other tenant sees',
      operations: ['createEventType', 'getEventType'],
      play: async (c) => {
        const other = c.otherTenant();
        const eventType = await newType(c);
        await other.call(
          'getEventType',
          { path: { ...place(c), eventType }, headers: asClient(c, 'provider') },
          [204],
        );
      },
    },
  ];
}
