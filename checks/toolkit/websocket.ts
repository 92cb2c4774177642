/** Headers of a request for a WebSocket. Nothing checks the key. */
export const UPGRADE_HEADERS: Readonly<Record<string, string>> = {
  Connection: "Upgrade",
  Upgrade: "websocket",
  "Sec-WebSocket-Version": "13",
  "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
};

/**
 * A frame of a WebSocket: text is 1, the end is 8.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6455#section-5.2
 */
export function webSocketFrame(opcode: number, text: string): readonly number[] {
  const [final, masked] = [0x80, 0x80];
  const payload = Buffer.from(text);
  const mask = [0, 0, 0, 0];
  return [final | opcode, masked | payload.length, ...mask, ...payload];
}
