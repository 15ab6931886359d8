import type { Document, DocumentStore } from '../../contracts/documents.js';
import type { WorkspaceId } from '../../contracts/ids.js';
import { SandboxError } from '../../contracts/problems.js';
import type { SnapshotView } from '../../contracts/workspace.js';
import type { Item } from './contents.js';
import { packed, unpacked, type FileHeader, type OpenedFile } from './workspace-file.js';

interface SnapshotDocument extends Document, SnapshotView {
  readonly parts: number;
}

interface PartDocument extends Document {
  readonly data: string;
}

/** Snapshots of workspaces, kept beside them: a reset leaves them alone. */
export interface Snapshots {
  list(workspace: WorkspaceId): Promise<readonly SnapshotView[]>;
  /** GSB-REQ-003 for a name that is taken, or one snapshot too many. */
  assertFree(workspace: WorkspaceId, name: string): Promise<void>;
  store(
    workspace: WorkspaceId,
    name: string,
    by: string,
    header: FileHeader,
    items: AsyncIterable<Item>,
  ): Promise<SnapshotView>;
  /** GSB-REQ-002 when there is none. */
  open(workspace: WorkspaceId, name: string): Promise<OpenedFile>;
  /** GSB-REQ-002 when there is none. */
  remove(workspace: WorkspaceId, name: string): Promise<void>;
}

/** Before it is written as text. Well below what a document may hold on any store. */
const PART_BYTES = 512 * 1024;
const MOST = 20;

export function createSnapshots({ documents }: { readonly documents: DocumentStore }): Snapshots {
  const snapshots = documents.collection<SnapshotDocument>('snapshots');
  const parts = documents.collection<PartDocument>('snapshot-parts');
  const partsOf = (workspace: WorkspaceId, name: string): string => `${workspace}/${name}/`;

  async function get(workspace: WorkspaceId, name: string): Promise<SnapshotDocument> {
    const found = await snapshots.get(`${workspace}/${name}`);
    if (found === undefined)
      throw new SandboxError('GSB-REQ-002', { detail: `The workspace has no snapshot ${name}.` });
    return found.doc;
  }

  async function* read(
    workspace: WorkspaceId,
    { name, parts: count }: SnapshotDocument,
  ): AsyncGenerator<Buffer> {
    for (let part = 1; part <= count; part += 1) {
      const found = await parts.get(partsOf(workspace, name) + numbered(part));
      if (found === undefined) throw new Error(`Part ${part} of the snapshot ${name} is not there`);
      yield Buffer.from(found.doc.data, 'base64');
    }
  }

  return {
    list: async (workspace) => {
      const found = await snapshots.find({ idPrefix: `${workspace}/` });
      return found.map(({ doc: { _id, parts: _parts, ...view } }) => view);
    },
    assertFree: async (workspace, name) => {
      const there = await snapshots.find({ idPrefix: `${workspace}/` });
      if (there.some(({ doc }) => doc.name === name))
        throw new SandboxError('GSB-REQ-003', {
          detail: `There is a snapshot ${name} already. Remove it, or choose another name.`,
        });
      if (there.length >= MOST)
        throw new SandboxError('GSB-REQ-003', {
          detail: `The workspace has ${MOST} snapshots already. Remove one first.`,
        });
    },
    store: async (workspace, name, by, header, items) => {
      // What an attempt that was cut short has left.
      await parts.deleteByPrefix(partsOf(workspace, name));
      const counts = { doc: 0, log: 0, job: 0 };
      const counted = async function* (): AsyncGenerator<Item> {
        for await (const item of items) {
          counts[item.k] += 1;
          yield item;
        }
      };
      let part = 0;
      let bytes = 0;
      let pieces: Buffer[] = [];
      let size = 0;
      const write = async (): Promise<void> => {
        part += 1;
        const data = Buffer.concat(pieces).toString('base64');
        await parts.put({ _id: partsOf(workspace, name) + numbered(part), data });
        pieces = [];
        size = 0;
      };
      for await (const piece of packed(header, counted())) {
        pieces.push(piece);
        size += piece.length;
        bytes += piece.length;
        if (size >= PART_BYTES) await write();
      }
      if (size > 0) await write();
      const view: SnapshotView = {
        name,
        takenAt: header.takenAt,
        takenBy: by,
        workspaceTime: header.clock.now,
        documents: counts.doc,
        entries: counts.log,
        bytes,
      };
      // Last: before that there is no snapshot.
      await snapshots.put({ _id: `${workspace}/${name}`, ...view, parts: part });
      return view;
    },
    open: async (workspace, name) => unpacked(read(workspace, await get(workspace, name)), true),
    remove: async (workspace, name) => {
      await get(workspace, name);
      await snapshots.delete(`${workspace}/${name}`);
      await parts.deleteByPrefix(partsOf(workspace, name));
    },
  };
}

function numbered(part: number): string {
  return String(part).padStart(6, '0');
}
