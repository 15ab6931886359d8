import { z } from 'zod';
import { SandboxError } from '../../contracts/problems.js';
import type { BlockDefinition } from '../kit/block-definition.js';
import { anyObject, count, instant, text } from '../kit/document-schemas.js';
import { statusCodes } from './application.js';
import type { EForm } from './service.js';
import type { RegistrationState } from './state.js';

const code = z.enum(statusCodes);

export const collections: NonNullable<BlockDefinition<RegistrationState>['collections']> = {
  services: {
    title: 'What people can apply for',
    schema: z.strictObject({
      name: text,
      version: text,
      type: z.enum(['None', 'Private', 'Public']),
      isExecutable: z.boolean(),
      isClosed: z.boolean(),
      description: z.string().optional(),
      serviceBody: z.array(anyObject),
      eForms: z.array(text),
      role: z.strictObject({ id: text, name: text }),
    }),
  },
  eforms: {
    title: 'Forms and the JSON Schemas of their data',
    schema: z.strictObject({
      name: text,
      description: z.string().optional(),
      version: text,
      latest: z.boolean(),
      schema: anyObject,
    }),
    complete: ({ state }, doc) => {
      try {
        state.formSchemas.problems(doc as EForm, {});
        return doc;
      } catch (error) {
        const message = `must be a JSON Schema: ${error instanceof Error ? error.message : String(error)}`;
        throw new SandboxError('GSB-REQ-001', {
          detail: `/schema: ${message}`,
          extensions: { errors: [{ pointer: '/schema', message }] },
        });
      }
    },
  },
  applications: {
    title: 'Application files',
    schema: z.strictObject({
      serviceId: text,
      serviceName: z.string(),
      roleId: z.string(),
      roleName: z.string(),
      applicantId: z.string(),
      registered: instant,
      status: code,
      history: z.array(z.looseObject({ code, title: z.string(), at: instant })),
      data: anyObject,
      taskCount: count,
    }),
  },
  tasks: { title: 'Work on application files', schema: z.looseObject({ fileId: text }) },
  uploads: {
    title: 'Files that were uploaded',
    schema: z.strictObject({
      uploaded: instant,
      additionalMetadata: z.string().optional(),
      file: z.array(z.string()),
    }),
  },
};
