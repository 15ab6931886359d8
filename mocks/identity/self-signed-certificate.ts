import { createHash, createSign, type KeyObject } from 'node:crypto';

/**
 * The smallest X.509 certificate (version 1, RSA with SHA-256) that a key set's `x5c` can carry. Node.js reads
 * certificates but does not write them, and the official key set requires one.
 */
export interface CertificateRequest {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
  readonly commonName: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
}

const tag = {
  integer: 0x02,
  bits: 0x03,
  nothing: 0x05,
  oid: 0x06,
  utf8: 0x0c,
  time: 0x18,
  sequence: 0x30,
  set: 0x31,
};
/** 1.2.840.113549.1.1.11, sha256WithRSAEncryption. */
const RSA_SHA256 = Buffer.from('2a864886f70d01010b', 'hex');
/** 2.5.4.3, commonName. */
const COMMON_NAME = Buffer.from('550403', 'hex');

/** The certificate in DER. */
export function selfSignedCertificate(request: CertificateRequest): Buffer {
  const spki = request.publicKey.export({ format: 'der', type: 'spki' });
  const algorithm = der(tag.sequence, der(tag.oid, RSA_SHA256), der(tag.nothing));
  const name = der(
    tag.sequence,
    der(
      tag.set,
      der(tag.sequence, der(tag.oid, COMMON_NAME), der(tag.utf8, Buffer.from(request.commonName))),
    ),
  );
  // The leading 0x01 keeps the number positive and without superfluous zeros, as DER wants it.
  const serial = Buffer.concat([
    Buffer.from([1]),
    createHash('sha256').update(spki).digest().subarray(0, 15),
  ]);
  const validity = der(tag.sequence, time(request.notBefore), time(request.notAfter));
  const content = der(tag.sequence, der(tag.integer, serial), algorithm, name, validity, name, spki);
  const signature = createSign('sha256').update(content).sign(request.privateKey);
  return der(tag.sequence, content, algorithm, der(tag.bits, Buffer.from([0]), signature));
}

function time(instant: Date): Buffer {
  const text = instant.toISOString().replace(/[-:T]/g, '').slice(0, 14);
  return der(tag.time, Buffer.from(`${text}Z`));
}

function der(type: number, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([type]), lengthOf(body.length), body]);
}

function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return Buffer.from([0x80 | bytes.length, ...bytes]);
}
