import { silentLogger } from '../../contracts/logger.js';
import { openEmbeddedStorage } from '../../infra/storage.js';

/**
 * Writes for as long as it lives, and prints a line after each write that was acknowledged:
 * "journal <stream> <seq>", "document <id> <n>", "job <id>" and, once, "active <id>" for a job that never ends.
 */
const [dataDir = '', templateFile = ''] = process.argv.slice(2);
const { documents, journal, queues } = await openEmbeddedStorage({
  dataDir,
  templateFile,
  logger: silentLogger,
});
const people = documents.collection<{ _id: string; n: number }>('people', ['n']);

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function writeForever(writer: number): Promise<never> {
  for (let n = (await journal.version(`run-${writer}`)) + 1; ; n += 1) {
    const result = await journal.append(`run-${writer}`, n - 1, [{ event: { n }, payload: { secret: n } }]);
    if (result.kind === 'appended') say(`journal run-${writer} ${result.version}`);
    await people.put({ _id: `p-${writer}`, n });
    say(`document p-${writer} ${n}`);
    if (n % 10 === 0) {
      await queues.queue('waiting').enqueue('n', { writer, n }, { id: `${writer}-${n}` });
      say(`job ${writer}-${n}`);
    }
  }
}

queues.work('stuck', 1, (job) => {
  say(`active ${job.id}`);
  return new Promise(() => undefined);
});
await queues.queue('stuck').enqueue('stuck', { by: 'test' }, { id: 'stuck-1' });
await Promise.all(Array.from({ length: 10 }, (_, writer) => writeForever(writer)));
