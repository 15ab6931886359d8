import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Document } from '../../contracts/documents.js';
import { isJsonObject, type Json, type JsonObject } from '../../contracts/json.js';

export const statusCodes = ['PENDING', 'APPROVED', 'SENDBACK', 'REJECTED'] as const;
export type StatusCode = (typeof statusCodes)[number];

/** Who acted, as the caller says. */
export interface Operator {
  readonly operatorId?: string;
  readonly operatorName?: string;
}

export interface StatusChange extends Operator {
  readonly code: StatusCode;
  readonly title: string;
  readonly at: string;
}

/** The published body of a submission; valid against the contract already, so this only picks what is ours. */
const submissionSchema = z.object({
  applicationName: z.string().optional(),
  applicantId: z.string(),
  created: z.string().optional(),
  formData: z
    .object({ data: z.custom<JsonObject>(isJsonObject).optional(), eFormId: z.string().optional() })
    .optional(),
  documentUrls: z.array(z.string()).optional(),
});

/** What the applicant says. */
export type ApplicationData = Readonly<z.infer<typeof submissionSchema>>;

export function parseSubmission(body: Json | undefined): ApplicationData {
  return submissionSchema.parse(body);
}

/** An application file. */
export interface Application extends Document {
  /** The file identifier: a UUID that sorts by the instant of registration. */
  readonly _id: string;
  readonly serviceId: string;
  readonly serviceName: string;
  readonly roleId: string;
  readonly roleName: string;
  readonly applicantId: string;
  readonly registered: string;
  /** The last of `history`, by itself because files are found by it. */
  readonly status: StatusCode;
  readonly history: readonly StatusChange[];
  readonly data: ApplicationData;
  /** How many tasks there have been; they are numbered. */
  readonly taskCount: number;
}

/** New form data over old, field by field; all else is replaced where the update has it. */
export function mergeData(before: ApplicationData, update: ApplicationData): ApplicationData {
  const formData = { ...before.formData, ...update.formData };
  if (formData.data) formData.data = { ...before.formData?.data, ...update.formData?.data };
  return { ...before, ...update, ...(Object.keys(formData).length > 0 ? { formData } : {}) };
}

/** A UUID (version 7 in form): the instant, then what the key makes of it. */
export function fileIdOf(now: Date, key: string): string {
  const time = now.getTime().toString(16).padStart(12, '0');
  const hex = createHash('sha256').update(key).digest('hex');
  return `${time.slice(0, 8)}-${time.slice(8, 12)}-7${hex.slice(0, 3)}-8${hex.slice(3, 6)}-${hex.slice(6, 18)}`;
}

export function statusView({ status, history }: Application): JsonObject {
  return { code: status, title: history.at(-1)?.title ?? status };
}

export function hasEnded({ status }: Application): boolean {
  return status === 'APPROVED' || status === 'REJECTED';
}

/** The published answer about one file. */
export function applicationView(application: Application): JsonObject {
  return {
    fileId: application._id,
    registered: application.registered,
    serviceId: application.serviceId,
    serviceName: application.serviceName,
    applicantId: application.applicantId,
    status: statusView(application),
    ended: hasEnded(application),
    applicationData: { ...application.data },
    history: application.history.map(({ code, title, ...rest }) => ({ status: { code, title }, ...rest })),
  };
}

/** One line of the published list. */
export function applicationItemView(application: Application): JsonObject {
  const { data } = application;
  const decided = application.history.at(-1);
  return {
    fileId: application._id,
    mainTaskId: mainTaskId(application._id),
    taskTitle: data.applicationName ?? application.serviceName,
    roleId: application.roleId,
    roleName: application.roleName,
    ...(decided?.operatorId === undefined ? {} : { assigneeId: decided.operatorId }),
    ...(decided?.operatorName === undefined ? {} : { operatorName: decided.operatorName }),
    status: statusView(application),
    applicantId: application.applicantId,
    created: data.created ?? application.registered,
    registered: application.registered,
    serviceName: application.serviceName,
    serviceId: application.serviceId,
    ...(data.formData?.eFormId === undefined ? {} : { eformId: data.formData.eFormId }),
    documentUrls: data.documentUrls ?? [],
  };
}

export function mainTaskId(fileId: string): string {
  return taskId(fileId, 1);
}

export function taskId(fileId: string, number: number): string {
  return `${fileId}-${number}`;
}
