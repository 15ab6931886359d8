import type { OperationAnswer, OperationContext } from '../../kit/block-definition.js';
import { filterOf, listDocuments, listingOf } from '../listing.js';
import type { RegistrationState } from '../state.js';
import { taskItemView, type Task } from '../task.js';

const sorters: Readonly<Record<string, (task: Task) => string>> = {
  created: ({ created }) => created,
  name: ({ name }) => name,
  nameCaseInsensitive: ({ name }) => name.toLowerCase(),
  description: ({ description }) => description,
  assignee: ({ assigneeId }) => assigneeId ?? '',
};

/** Registration, getTasks: the open ones. */
export async function getTasks({
  state,
  query,
}: OperationContext<RegistrationState>): Promise<OperationAnswer> {
  const filter = { ...filterOf(query, ['mainTaskId', 'fileId', 'assigneeId']), state: 'open' };
  const tasks = await listDocuments(state.tasks, filter, listingOf(query), sorters);
  const files = await state.applications.getMany([...new Set(tasks.map(({ fileId }) => fileId))]);
  const byId = new Map(files.map(({ doc }) => [doc._id, doc]));
  const items = tasks.flatMap((task) => {
    const application = byId.get(task.fileId);
    return application ? [taskItemView(task, application)] : [];
  });
  return { status: 200, rule: 'listed', body: items };
}
