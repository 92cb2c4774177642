import type { Check } from "../../check";
import { requireOutput } from "../../toolkit/kubectl";
import { clientPod } from "../../toolkit/pods/container";
import { curlCommand, describeCurl, parseCurl, withInput } from "../../toolkit/pods/curl";

const MESSAGE = "echo of the check";

/** A WebSocket needs every proxy of the path to hand the connection over to both applications. */
export const webSocket: readonly Check[] = [
  {
    slug: "path/websocket",
    title: "a WebSocket from the client pod",
    requirement: "websocket-passes",
    expected: "101, and the message comes back",
    why: "Applications keep their WebSockets, although the proxies speak HTTP/2 with each other.",
    threat: "Over HTTP/2, a gateway refuses the upgrade of HTTP/1.1.",
    async run({ meshes }) {
      const [host] = meshes.hosts;
      const { kubectl, namespace, pod, container } = clientPod(meshes);
      const output = await requireOutput(kubectl, [
        ...["exec", "-n", namespace, pod, "-c", container, "--"],
        ...withInput([...frame(0x1, MESSAGE), ...frame(0x8, "")], curlCommand(upgrade(host))),
      ]);
      const result = parseCurl(output);
      if (!result) throw new Error("curl did not run");
      if (result.kind === "failed") return { pass: false, observed: describeCurl(result) };
      const isEchoed = result.body.includes(MESSAGE);
      return {
        pass: result.status === 101 && isEchoed,
        observed: `${result.status}, and the message ${isEchoed ? "comes back" : "does not come back"}`,
      };
    },
  },
];

/** Arguments of curl for a WebSocket that sends its input to httpbin, which answers with the same messages. */
function upgrade(host: string): string[] {
  const headers = [
    ...["Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13"],
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    // The input is not the body of the request.
    ...["Content-Length:", "Content-Type:"],
  ];
  return [
    ...["-X", "GET", "--data-binary", "@-"],
    ...headers.flatMap((header) => ["-H", header]),
    `http://${host}/websocket/echo`,
  ];
}

/**
 * A frame of a WebSocket: text is 1, the end is 8.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6455#section-5.2
 */
function frame(opcode: number, text: string): readonly number[] {
  const [final, masked] = [0x80, 0x80];
  const payload = Buffer.from(text);
  const mask = [0, 0, 0, 0];
  return [final | opcode, masked | payload.length, ...mask, ...payload];
}
