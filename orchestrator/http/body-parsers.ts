import express, { type Request, type RequestHandler } from 'express';
import { keepSignedText } from './signed-text.js';

const MEGABYTE = 1024 * 1024;
/** What is put in whole: workspaces, the state of a block. */
const IMPORT = /^\/(?:workspaces\/import|blocks\/[^/]+\/state\/import)\/?$/;
/** Callbacks come without a sign-in, and may report on a large batch. */
const CALLBACK = /^\/callbacks\//;

/**
 * JSON bodies, as large as the one who sends them may send: 50 MB for imports, 10 MB for people and callbacks, 100 KB
 * for whoever did not sign in. Mount it behind the guard.
 */
export function jsonBodies(signedIn: (request: Request) => boolean): RequestHandler {
  const parser = (limit: number): RequestHandler =>
    express.json({ limit, type: ['application/json', 'application/*+json'], verify: keepSignedText });
  const imports = parser(50 * MEGABYTE);
  const usual = parser(10 * MEGABYTE);
  const strangers = parser(100 * 1024);
  return (request, response, next) => {
    const known = signedIn(request);
    const trusted = IMPORT.test(request.path) ? imports : usual;
    const open = CALLBACK.test(request.path) ? usual : strangers;
    return (known ? trusted : open)(request, response, next);
  };
}
