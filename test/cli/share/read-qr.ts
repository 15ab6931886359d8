import { decodeQR } from 'qr/decode.js';

/** Of a picture element: each line of text holds two rows of squares, and what is drawn is light. */
const HALVES: Readonly<Record<string, readonly [boolean, boolean]>> = {
  '█': [true, true],
  '▀': [true, false],
  '▄': [false, true],
  ' ': [false, false],
};
/** Dots for a square: a telephone sees no single ones. */
const DOTS = 6;

/** What a telephone reads off the QR code in what a terminal shows. An Error when there is none. */
export function readPrintedQr(printed: string): string {
  const lines = printed.split('\n').filter((line) => /^\s*[█▀▄][█▀▄ ]{15,}$/.test(line));
  const indent = Math.min(...lines.map((line) => line.search(/[█▀▄]/)));
  const rows = lines.flatMap((line) => {
    const halves = Array.from(line.slice(indent), (character) => HALVES[character] ?? [false, false]);
    return [halves.map(([upper]) => upper), halves.map(([, lower]) => lower)];
  });
  const width = Math.max(...rows.map((row) => row.length)) * DOTS;
  const height = rows.length * DOTS;
  const data = new Uint8Array(width * height * 4).fill(255);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const light = rows[Math.floor(y / DOTS)]?.[Math.floor(x / DOTS)] === true;
      data.fill(light ? 255 : 0, (y * width + x) * 4, (y * width + x) * 4 + 3);
    }
  return decodeQR({ width, height, data });
}
