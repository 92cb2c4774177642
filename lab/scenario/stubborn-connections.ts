import { setTimeout as delay } from "node:timers/promises";
import { connect, type TLSSocket } from "node:tls";

import type { Meshes } from "../../checks/meshes";
import type { Credential } from "../../checks/toolkit/pki/credential";
import type { LiveConnection } from "./live-connection";

const INTERVAL_MS = 250;
/** Nothing bounds a WebSocket, unless the gateway closes the connection. */
const LIMIT_MS = 150_000;

/** How a client uses its connection: what it sends first, what it sends each time, and which answers are successes. */
interface Protocol {
  readonly alpn: string;
  readonly begin: Buffer;
  readonly next: (count: number) => Buffer;
  /** Takes what has arrived. Returns the rest, which is not complete yet. */
  readonly read: (
    data: Buffer,
    on: { readonly success: () => void; readonly reply: (bytes: Buffer) => void },
  ) => Buffer;
}

/** A client of HTTP/2 that ignores GOAWAY: it sends new requests until the gateway closes the connection. */
export const openDeafConnection = (meshes: Meshes, host: string, credential: Credential) =>
  open(meshes, host, credential, http2(host));

/** A client that keeps one request in progress: a WebSocket, with a message each time. */
export const openWebSocket = (meshes: Meshes, host: string, credential: Credential) =>
  open(meshes, host, credential, webSocket(host));

function open(
  { ingress: { address, port }, rootCertPem }: Meshes,
  host: string,
  { chainPem, privateKeyPem }: Credential,
  { alpn, begin, next, read }: Protocol,
): LiveConnection {
  const socket: TLSSocket = connect({
    ...{ host: address, port, servername: host, ALPNProtocols: [alpn] },
    ...{ ca: rootCertPem, cert: chainPem, key: privateKeyPem },
  });
  socket.on("error", () => undefined);
  let last = Number.NaN;
  let rest: Buffer = Buffer.alloc(0);
  socket.on("data", (data: Buffer) => {
    rest = Buffer.from(
      read(Buffer.concat([rest, data]), {
        success: () => (last = Date.now()),
        reply: (bytes) => socket.write(bytes),
      }),
    );
  });
  const send = async () => {
    const end = Date.now() + LIMIT_MS;
    socket.write(begin);
    for (let count = 0; !socket.closed && Date.now() < end; count += 1) {
      if (!socket.destroyed) socket.write(next(count));
      await delay(INTERVAL_MS);
    }
    socket.destroy();
    return last;
  };
  return { lastSuccess: send() };
}

const FRAME = { headers: 1, settings: 4, ping: 6, windowUpdate: 8 };
const ACK = 1;
const END_STREAM_AND_HEADERS = 5;
const FRAME_HEAD_BYTES = 9;
/** `:status: 200` in HPACK's static table. */
const STATUS_200 = 0x88;

/** @see https://www.rfc-editor.org/rfc/rfc9113 */
function http2(host: string): Protocol {
  const text = (indexed: number, value: string) =>
    Buffer.concat([Buffer.from([indexed, value.length]), Buffer.from(value)]);
  // GET and https of HPACK's static table, then the path and the authority.
  const headers = Buffer.concat([Buffer.from([0x82, 0x87]), text(4, "/headers"), text(1, host)]);
  const largeWindow = Buffer.from([0x3f, 0xff, 0, 0]);
  return {
    alpn: "h2",
    begin: Buffer.concat([
      Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
      // SETTINGS_HEADER_TABLE_SIZE 0: each response has its status in the same bytes.
      frame(FRAME.settings, 0, 0, Buffer.from([0, 1, 0, 0, 0, 0])),
      frame(FRAME.windowUpdate, 0, 0, largeWindow),
    ]),
    next: (count) => frame(FRAME.headers, END_STREAM_AND_HEADERS, 2 * count + 1, headers),
    read: (data, { success, reply }) => {
      let rest = data;
      while (rest.length >= FRAME_HEAD_BYTES) {
        const end = FRAME_HEAD_BYTES + rest.readUIntBE(0, 3);
        if (rest.length < end) break;
        const [type, flags] = [rest[3], rest[4] ?? 0];
        const payload = rest.subarray(FRAME_HEAD_BYTES, end);
        if (type === FRAME.headers && payload.includes(STATUS_200)) success();
        if (type === FRAME.ping && !(flags & ACK)) reply(frame(FRAME.ping, ACK, 0, payload));
        if (type === FRAME.settings && !(flags & ACK)) reply(frame(FRAME.settings, ACK, 0));
        rest = rest.subarray(end);
      }
      return rest;
    },
  };
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

/** @see https://www.rfc-editor.org/rfc/rfc6455 */
function webSocket(host: string): Protocol {
  const message = "still here";
  const request = [
    "GET /websocket/echo HTTP/1.1",
    ...[`Host: ${host}`, "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13"],
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
  ];
  return {
    alpn: "http/1.1",
    begin: Buffer.from(`${request.join("\r\n")}\r\n\r\n`),
    // A text of one frame, masked with zeros.
    next: () =>
      Buffer.concat([Buffer.from([0x81, 0x80 | message.length, 0, 0, 0, 0]), Buffer.from(message)]),
    read: (data, { success }) => {
      const end = data.lastIndexOf(message);
      if (end === -1) return data;
      success();
      return data.subarray(end + message.length);
    },
  };
}
