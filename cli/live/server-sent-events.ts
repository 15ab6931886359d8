/** Reads a stream of server-sent events; yields each event's id and data. WHATWG HTML, Server-sent events. */
export async function* readEvents(
  stream: ReadableStream<Uint8Array>,
): AsyncGenerator<{ id: string; data: string }> {
  const decoder = new TextDecoder();
  let buffer = '';
  for await (const chunk of stream) {
    buffer += decoder.decode(chunk, { stream: true });
    for (let end = buffer.indexOf('\n\n'); end >= 0; end = buffer.indexOf('\n\n')) {
      const event = parseEvent(buffer.slice(0, end));
      buffer = buffer.slice(end + 2);
      if (event.data !== '') yield event;
    }
  }
}

function parseEvent(text: string): { id: string; data: string } {
  let id = '';
  const data: string[] = [];
  for (const line of text.split('\n')) {
    if (line.startsWith('id:')) id = line.slice(3).trim();
    else if (line.startsWith('data:')) data.push(line.slice(5).trimStart());
  }
  return { id, data: data.join('\n') };
}
