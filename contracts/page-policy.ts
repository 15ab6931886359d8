/**
 * Content-Security-Policy of the pages on which Swagger UI shows a document. Everything comes from here; Swagger UI
 * writes inline styles and draws icons from data addresses, and runs no inline script.
 */
export const SWAGGER_UI_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');
