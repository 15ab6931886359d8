import type { BlockId } from '../../../contracts/block.js';

export interface Candidate {
  readonly name: string;
  readonly what: string;
}

/** What only people know about a block; everything else on its page follows from the code. */
export interface BlockFacts {
  readonly what: string;
  /** Collections that its seeds may bring, as use cases name them. */
  readonly seeds: readonly string[];
  /** Software that implements the building block, or an example of its repository that speaks its interface. */
  readonly candidates: readonly Candidate[];
}

export const blockFacts: Readonly<Partial<Record<BlockId, BlockFacts>>> = {
  identity: {
    what: 'Who somebody is: an OpenID provider with wallets that are linked to a sign-in, and enrollment.',
    seeds: ['persons'],
    candidates: [
      {
        name: 'MOSIP with eSignet',
        what: 'The sign-in of the published sandbox; the interface comes from it',
      },
      { name: 'Keycloak', what: 'As an OpenID provider: sign-in and tokens, without linked wallets' },
    ],
  },
  consent: {
    what: 'What somebody allowed to be done with which of their data: data agreements, consent records, revisions and signatures.',
    seeds: ['policies', 'dataAgreements', 'individuals'],
    candidates: [
      { name: 'iGrant.io Consent BB', what: 'The implementation from which the published interface comes' },
    ],
  },
  'information-mediator': {
    what: 'The way from one institution to another: directory, access rights, relaying by the X-Road protocol, events in rooms.',
    seeds: ['services'],
    candidates: [
      {
        name: 'X-Road',
        what: 'The security servers of the published sandbox, with a broker beside them for events',
      },
      { name: 'UXP', what: 'An example of the specification’s repository' },
    ],
  },
  'digital-registries': {
    what: 'Registers of people, land or anything else: records, the databases they lie in, and who read what about whom.',
    seeds: ['registries', 'records', 'databases', 'usage'],
    candidates: [
      { name: 'openIMIS', what: 'With its GovStack module, in the older dialect' },
      { name: 'eRegistrations', what: 'An example of the specification’s repository' },
      { name: 'OpenCRVS, OpenSPP, DHIS2', what: 'Registers of their fields, by an adapter; not tried here' },
    ],
  },
  registration: {
    what: 'Services that people apply for: forms, applications, the tasks of officers, documents, statistics.',
    seeds: ['services', 'eForms'],
    candidates: [
      { name: 'eRegistrations', what: 'Named by the specification' },
      { name: 'OpenCRVS', what: 'Registration of births and deaths, by an adapter; not tried here' },
    ],
  },
  payments: {
    what: 'Money from government to people: who is paid where, batches, vouchers.',
    seeds: ['institutions', 'accounts', 'buildingBlocks', 'voucherGroups', 'vouchers'],
    candidates: [
      {
        name: 'Mifos Payment Hub EE',
        what: 'With Fineract, as in the published sandbox; speaks the bulk interface',
      },
      { name: 'Mojaloop', what: 'The switch behind such a hub' },
    ],
  },
  messaging: {
    what: 'Messages to people. The published document knows e-mail; text messages are an extension of ours.',
    seeds: ['notices', 'allowList'],
    candidates: [{ name: 'RapidPro', what: 'Used by the published sandbox' }],
  },
  scheduler: {
    what: 'Appointments: who meets whom where and when, and alerts before.',
    seeds: [
      'affiliation',
      'alert_schedule',
      'appointment',
      'entity',
      'event',
      'log',
      'message',
      'resource',
      'subscriber',
    ],
    candidates: [],
  },
  workflow: {
    what: 'Processes that run by themselves: a facade over the workflows of this sandbox, and further ones that are simulated.',
    seeds: ['processes', 'instances'],
    candidates: [],
  },
  'financial-institution': {
    what: 'No building block: the banks and the mobile operator that payments calls through the mediator. An interface of ours.',
    seeds: ['institutions', 'accounts'],
    candidates: [],
  },
};
