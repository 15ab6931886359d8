import { silentLogger } from '../../contracts/logger.js';
import { createEmbeddedDocuments } from '../../infra/documents/embedded/embedded-documents.js';
import { createMongoDocuments } from '../../infra/documents/mongo/mongo-documents.js';
import { openDatabase } from '../../infra/embedded/open-database.js';
import { documentsCursorContract } from './documents-cursor.suite.js';
import { withService } from './services.js';
import { testTemplate } from './template.js';

/** 100,000 by hand: SANDBOX_TEST_DOCUMENTS=100000 infra/ci/with-services.sh npm run test:long -- documents-cursor */
const size = Number(process.env['SANDBOX_TEST_DOCUMENTS'] ?? 2_000);

documentsCursorContract(
  'embedded',
  async () => {
    const database = await openDatabase({ templateFile: await testTemplate(), logger: silentLogger });
    return { ...createEmbeddedDocuments(database), close: () => database.close() };
  },
  size,
);

withService('documents with cursors: mongo', 'SANDBOX_TEST_MONGODB_URI', (uri) => {
  documentsCursorContract('mongo', () => createMongoDocuments({ uri, logger: silentLogger }), size);
});
