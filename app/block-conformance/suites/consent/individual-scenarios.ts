import { textAt } from '../../json-at.js';
import type { Scenario } from '../../suite.js';
import { everyPage, idsOf } from './looking.js';
import { individualBody, newIndividual } from './requests.js';

/** The people whose consent it is. */
export function individualScenarios(): readonly Scenario[] {
  return [
    {
      id: 'individual-life',
      title: 'An individual is made once, read, listed and changed',
      operations: [
        'serviceIndividualCreate',
        'serviceIndividualRead',
        'serviceIndividualList',
        'serviceIndividualUpdate',
      ],
      play: async (c) => {
        const { id: _none, ...individual } = individualBody(c);
        const made = await c.call('serviceIndividualCreate', {
          body: { individual: { id: '', ...individual } },
        });
        c.holds(made.body, { individual }, 'what is created is answered');
        const path = { individualId: textAt(made, 'individual', 'id') };
        c.holds(
          (await c.call('serviceIndividualRead', { path })).body,
          { individual: { ...individual, id: path.individualId } },
          'what is created is read back',
        );
        const other = await newIndividual(c);
        c.expect(other !== path.individualId, 'each individual has an id of its own', other);
        const all = idsOf(await everyPage(c, 'serviceIndividualList', 'individuals'));
        c.expect(
          all.includes(path.individualId) && all.includes(other),
          'what is created is listed',
          'it is not there',
        );
        const identityProviderId = c.unique('N-');
        await c.call('serviceIndividualUpdate', {
          path,
          body: { individual: { ...individual, id: path.individualId, identityProviderId } },
        });
        c.holds(
          (await c.call('serviceIndividualRead', { path })).body,
          { individual: { ...individual, identityProviderId } },
          'a change is read back, and what was there stays',
        );
        const nobody = { individualId: c.unique('none') };
        await c.call('serviceIndividualRead', { path: nobody }, 'refused');
        await c.call(
          'serviceIndividualUpdate',
          { path: nobody, body: { individual: { id: '', ...individual } } },
          'refused',
        );
      },
    },
    {
      id: 'individual-configured',
      title: 'An individual that an administrator makes is the one that services see',
      operations: [
        'configIndividualCreate',
        'configIndividualRead',
        'configIndividualList',
        'serviceIndividualRead',
      ],
      play: async (c) => {
        const { id: _none, ...individual } = individualBody(c);
        const made = await c.call('configIndividualCreate', {
          body: { individual: { id: '', ...individual } },
        });
        const path = { individualId: textAt(made, 'individual', 'id') };
        for (const operationId of ['configIndividualRead', 'serviceIndividualRead'])
          c.holds(
            (await c.call(operationId, { path })).body,
            { individual: { ...individual, id: path.individualId } },
            'what is created is read back',
          );
        c.expect(
          idsOf(await everyPage(c, 'configIndividualList', 'individuals')).includes(path.individualId),
          'what is created is listed',
          'it is not there',
        );
        await c.call('configIndividualRead', { path: { individualId: c.unique('none') } }, 'refused');
      },
    },
  ];
}
