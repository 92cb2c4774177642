import { setTimeout as delay } from "node:timers/promises";
import { connect } from "node:tls";

import type { Meshes } from "../../checks/meshes";
import type { Credential } from "../../checks/toolkit/pki/credential";
import type { LiveConnection } from "./live-connection";

const INTERVAL_MS = 250;

const FRAME = { headers: 1, settings: 4, ping: 6, windowUpdate: 8 };
const ACK = 1;
const END_STREAM_AND_HEADERS = 5;
const FRAME_HEAD_BYTES = 9;
/** `:status: 200` in HPACK's static table. */
const STATUS_200 = 0x88;

/**
 * Opens a connection like {@link LiveConnection}, with a client that ignores GOAWAY: it sends new requests until the gateway
 * closes the connection. It writes the frames of HTTP/2 itself, because Node's client obeys.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9113
 */
export function openDeafConnection(
  { ingress: { address, port }, rootCertPem }: Meshes,
  host: string,
  { chainPem, privateKeyPem }: Credential,
): LiveConnection {
  const socket = connect({
    ...{ host: address, port, servername: host, ALPNProtocols: ["h2"] },
    ...{ ca: rootCertPem, cert: chainPem, key: privateKeyPem },
  });
  socket.on("error", () => undefined);
  let last = Number.NaN;
  let rest: Buffer = Buffer.alloc(0);
  socket.on("data", (data: Buffer) => {
    rest = Buffer.concat([rest, data]);
    for (let end = frameEnd(rest); end <= rest.length; end = frameEnd(rest)) {
      const [type, flags, payload] = [rest[3], rest[4] ?? 0, rest.subarray(FRAME_HEAD_BYTES, end)];
      if (type === FRAME.headers && payload.includes(STATUS_200)) last = Date.now();
      if (type === FRAME.ping && !(flags & ACK)) socket.write(frame(FRAME.ping, ACK, 0, payload));
      if (type === FRAME.settings && !(flags & ACK)) socket.write(frame(FRAME.settings, ACK, 0));
      rest = rest.subarray(end);
    }
  });
  const send = async () => {
    socket.write(preface());
    for (let stream = 1; !socket.closed; stream += 2) {
      if (!socket.destroyed) {
        socket.write(frame(FRAME.headers, END_STREAM_AND_HEADERS, stream, requestHeaders(host)));
      }
      await delay(INTERVAL_MS);
    }
    return last;
  };
  return { lastSuccess: send() };
}

function preface(): Buffer {
  return Buffer.concat([
    Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
    // SETTINGS_HEADER_TABLE_SIZE 0: each response has its status in the same bytes.
    frame(FRAME.settings, 0, 0, Buffer.from([0, 1, 0, 0, 0, 0])),
    // Responses never fill the window.
    frame(FRAME.windowUpdate, 0, 0, Buffer.from([0x3f, 0xff, 0, 0])),
  ]);
}

/** GET and https of HPACK's static table, then the path and the authority as text. */
function requestHeaders(host: string): Buffer {
  const text = (name: number, value: string) => [name, value.length, ...Buffer.from(value)];
  return Buffer.from([0x82, 0x87, ...text(4, "/headers"), ...text(1, host)]);
}

function frame(
  type: number,
  flags: number,
  stream: number,
  payload: Buffer = Buffer.alloc(0),
): Buffer {
  const head = Buffer.alloc(FRAME_HEAD_BYTES);
  head.writeUIntBE(payload.length, 0, 3);
  head.writeUInt8(type, 3);
  head.writeUInt8(flags, 4);
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}

/** Where the first frame ends; infinity before its head has arrived. */
function frameEnd(data: Buffer): number {
  return data.length < FRAME_HEAD_BYTES
    ? Number.POSITIVE_INFINITY
    : FRAME_HEAD_BYTES + data.readUIntBE(0, 3);
}
