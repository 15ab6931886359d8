import { listAt, textAt } from '../../json-at.js';
import type { Scenario } from '../../suite.js';
import {
  inRoom,
  newOlderType,
  olderSubscription,
  publishedOlder,
  pullOf,
  subscribedOlder,
  withPath,
} from './older-rooms.js';

/** Rooms as PubSub 1.0.0 has them; publishing has one way only. */
export function olderRoomScenarios(): readonly Scenario[] {
  return [
    {
      id: 'older-subscriptions',
      title: 'A subscription is made once, read, listed, changed, ended, by its id (PubSub 1.0.0)',
      operations: [
        'createEventType',
        'addSubOlder',
        'getSubOlder',
        'listSubOlder',
        'patchSubOlder',
        'deleteSubOlder',
      ],
      play: async (c) => {
        const type = await newOlderType(c);
        const id = await subscribedOlder(c, type);
        const own = withPath(inRoom(c), { id });
        await c.call('addSubOlder', { ...inRoom(c), body: olderSubscription(type) }, [409]);
        const shown = { id, ...olderSubscription(type) };
        c.holds((await c.call('getSubOlder', own)).body, shown, 'what is subscribed is read back');
        const ids = listAt(await c.call('listSubOlder', inRoom(c))).map((one) => textAt(one, 'id'));
        c.expect(ids.includes(id), 'what is subscribed is listed', `${id} is not there`);
        const others = listAt(await c.call('listSubOlder', inRoom(c, 'provider')));
        c.expect(
          !others.some((one) => textAt(one, 'id') === id),
          'nobody sees the subscriptions of others',
          `${id} is there`,
        );
        await c.call('getSubOlder', withPath(inRoom(c, 'provider'), { id }), 'refused');
        await c.call('patchSubOlder', { ...own, body: { dstOperationId: 'other', options: { TTL: 60 } } });
        c.holds(
          (await c.call('getSubOlder', own)).body,
          { ...shown, dstOperationId: 'other', options: { TTL: 60 } },
          'a change changes what it names and keeps the rest',
        );
        await c.call('deleteSubOlder', own);
        await c.call('getSubOlder', own, [404]);
        await c.call('deleteSubOlder', own, [404]);
      },
    },
    {
      id: 'older-events',
      title: 'Events are pulled in order, read and acknowledged, by service and operation (PubSub 1.0.0)',
      operations: [
        'createEventType',
        'publishEvent',
        'addSubOlder',
        'pullEventOlder',
        'pullEventByIdOlder',
        'confirmEventOlder',
        'getStatusOlder',
        'deleteEventOlder',
      ],
      play: async (c) => {
        const type = await newOlderType(c);
        await subscribedOlder(c, type);
        const [first, second] = [
          await publishedOlder(c, type, { district: 'one' }),
          await publishedOlder(c, type, { district: 'two' }),
        ];
        const shown = { id: first, srcServiceCode: type.service, payload: { district: 'one' } };
        for (const _time of ['first', 'again'])
          c.holds(
            (await c.call('pullEventOlder', pullOf(c, type))).body,
            shown,
            'the oldest event is pulled until it is acknowledged',
          );
        c.holds(
          (await c.call('pullEventByIdOlder', pullOf(c, type, second))).body,
          { id: second, payload: { district: 'two' } },
          'an event is pulled by its id',
        );
        c.holds(
          (await c.call('getStatusOlder', withPath(inRoom(c, 'provider'), { id: first }))).body,
          shown,
          'an event is read as it was published',
        );
        await c.call('confirmEventOlder', pullOf(c, type, first));
        await c.call('confirmEventOlder', pullOf(c, type, first), [404]);
        c.holds(
          (await c.call('pullEventOlder', pullOf(c, type))).body,
          { id: second },
          'the next event follows',
        );
        const published = withPath(inRoom(c, 'provider'), { id: second });
        await c.call('deleteEventOlder', withPath(inRoom(c), { id: second }), 'refused');
        await c.call('deleteEventOlder', published);
        await c.call('getStatusOlder', published, [404]);
        await c.call('pullEventOlder', pullOf(c, type), [404]);
      },
    },
  ];
}
