import { createEmbeddedDocuments } from '../../infra/documents/embedded/embedded-documents.js';
import { createMongoDocuments } from '../../infra/documents/mongo/mongo-documents.js';
import { openDatabase } from '../../infra/embedded/open-database.js';
import { createMemoryDocuments } from '../../infra/memory/memory-documents.js';
import { silentLogger } from '../../contracts/logger.js';
import { documentsContract } from './documents.suite.js';
import { withService } from './services.js';
import { testTemplate } from './template.js';

documentsContract('memory', async () => createMemoryDocuments());

documentsContract('embedded', async () => {
  const database = await openDatabase({ templateFile: await testTemplate(), logger: silentLogger });
  return { ...createEmbeddedDocuments(database), close: () => database.close() };
});

withService('documents: mongo', 'SANDBOX_TEST_MONGODB_URI', (uri) => {
  const order = process.env['SANDBOX_TEST_MONGODB_ORDER'] === 'utf-16' ? 'utf-16' : 'utf-8';
  documentsContract('mongo', () => createMongoDocuments({ uri, logger: silentLogger }), { order });
});
