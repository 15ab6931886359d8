import { complianceSuite } from './suite.js';

complianceSuite({
  block: 'digital-registries',
  count: 57,
  documents: [
    { place: 'bb-digital-registries/suite-era/GovStack_Digital_registries_BB_Data_API_template-1.3.0.json' },
    {
      place:
        'bb-digital-registries/suite-era/GovStack_Digital_registries_BB_Database_API_template-1.3.0.yaml',
    },
  ],
  // Names of fields, and words of JSON Schema and of the query: what requests and seeds are built of.
  magic: [
    /^(ID|FirstName|LastName|BirthCertificateID)$/,
    /^(ascending|descending)$/,
    /^( ?some )?(object|string)$/,
    'any',
  ],
});
