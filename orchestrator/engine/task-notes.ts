/** Mutable notes that a task's body leaves for its completion event. */
export interface TaskNotes {
  then?: string | undefined;
  /** Keys of consumed events. */
  consumed?: readonly string[];
}
