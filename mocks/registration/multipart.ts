/**
 * Takes the files out of a multipart form that arrived as text. Enough for what the published document describes
 * (base64 text in the field `file`) and for plain text files; bytes that are no text cannot come this way.
 */
export interface Part {
  readonly name: string;
  readonly base64: boolean;
  readonly text: string;
}

/** Undefined when the content type has no boundary. */
export function parseMultipart(body: string, contentType: string): readonly Part[] | undefined {
  const boundary = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType);
  const mark = boundary?.[1] ?? boundary?.[2];
  if (mark === undefined) return undefined;
  const sections = `\r\n${body}`.split(`\r\n--${mark}`).slice(1);
  return sections.flatMap((section) => {
    if (section.startsWith('--')) return [];
    const blank = section.indexOf('\r\n\r\n');
    if (blank < 0) return [];
    const headers = section.slice(0, blank);
    const name = /content-disposition:[^\r\n]*[;\s]name="([^"]*)"/i.exec(headers)?.[1];
    if (name === undefined) return [];
    const base64 = /content-transfer-encoding:\s*base64/i.test(headers) || !/filename/i.test(headers);
    return [{ name, base64, text: section.slice(blank + 4) }];
  });
}
