import { expect, test } from "vitest";

import { readWorkloadCertificate } from "../../../../checks/toolkit/fixtures/workload-pods";
import type { Kubectl } from "../../../../checks/toolkit/kubectl";
import { readLogField, waitForLogLine } from "../../../../checks/toolkit/pods/access-log";
import type { ContainerRef } from "../../../../checks/toolkit/pods/container";
import {
  curl,
  describeBlock,
  describeCurl,
  isClosed,
  parseCurl,
} from "../../../../checks/toolkit/pods/curl";
import { createPod } from "../../../../checks/toolkit/pods/pod";
import { answered, failed, fakeKubectl, OK } from "../../../support/checks";

function container(run: Kubectl): ContainerRef {
  return { kubectl: run, namespace: "app", pod: "deploy/client", container: "client" };
}

test("curl's body is separated from its report on the transfer", async () => {
  const { run, calls } = fakeKubectl([["exec", answered(200, '{"a":\n1}')]]);

  expect(await curl(container(run), ["http://x/"])).toEqual({
    kind: "answer",
    status: 200,
    body: '{"a":\n1}',
  });
  expect(calls[0]).toMatch(/^exec -n app deploy\/client -c client -- curl [^]* http:\/\/x\/$/);
});

test.each([
  [
    failed(56, "Recv failure: Connection reset by peer"),
    true,
    "connection to 203.0.113.65 closed while receiving",
  ],
  [
    failed(52, "Empty reply from server"),
    true,
    "connection to 203.0.113.65 closed without an answer",
  ],
  [
    failed(35, "OpenSSL SSL_connect: SSL_ERROR_SYSCALL in connection to x:443"),
    true,
    "connection to 203.0.113.65 closed during the TLS handshake",
  ],
  [
    failed(
      56,
      "OpenSSL SSL_read: OpenSSL/3.0.18: error:0A00045C:SSL routines::tlsv13 alert certificate required, errno 0",
    ),
    false,
    'alert "certificate required"',
  ],
  [failed(28, "Connection timed out after 5001 milliseconds", false), false, "time-out"],
  [
    failed(7, "Failed to connect to x port 80", false),
    false,
    "Failed to connect to x port 80 (curl exit code 7)",
  ],
  [
    failed(6, "Could not resolve host: x", false),
    false,
    "Could not resolve host: x (curl exit code 6)",
  ],
])("a failed transfer is described: %#", async (transfer, closed, text) => {
  const result = await curl(container(fakeKubectl([["exec", transfer]]).run), ["http://x/"]);

  expect(describeCurl(result)).toBe(text);
  expect(isClosed(result)).toBe(closed);
});

test.each([
  [failed(28, "Connection timed out after 5001 milliseconds", false), "dropped"],
  [failed(7, "Connection refused", false), "rejected: Connection refused"],
  // The other end accepted the connection.
  [failed(28, "Operation timed out after 5001 milliseconds"), undefined],
  [failed(28, "Resolving timed out after 5000 milliseconds", false), undefined],
  [failed(6, "Could not resolve host: x", false), undefined],
  [failed(35, "Connection reset by peer"), undefined],
  [answered(200), undefined],
])("only a connection that was never open counts as blocked: %#", async (transfer, text) => {
  const result = await curl(container(fakeKubectl([["exec", transfer]]).run), ["http://x/"]);

  expect(describeBlock(result)).toBe(text);
});

test("curl's report is found in a log with other lines, once curl has ended", () => {
  const log = `body${failed(28, "time-out", false).stdout}\ncurl: (28) time-out\n`;

  expect(parseCurl("body")).toBeUndefined();
  expect(parseCurl(log)).toMatchObject({ kind: "failed", exitCode: 28 });
});

test("a failed exec is not an answer of curl", async () => {
  const { run } = fakeKubectl([["exec", { ...OK, code: 1, stderr: "error: pod not found" }]]);

  await expect(curl(container(run), ["http://x/"])).rejects.toThrow(
    "curl did not run in app/deploy/client: error: pod not found",
  );
});

test("a pod that does not get ready is deleted, and the error has the reason", async () => {
  const status = {
    phase: "Pending",
    containerStatuses: [
      { name: "curl", ready: false, state: { waiting: { reason: "ErrImagePull" } } },
    ],
  };
  const { run, calls } = fakeKubectl([
    ["create", OK],
    ["wait --for", { ...OK, code: 1 }],
    ["get pod", { ...OK, stdout: JSON.stringify({ status }) }],
    ["delete", OK],
  ]);

  await expect(createPod({ kubectl: run, namespace: "app", role: "x" })).rejects.toThrow(
    /^pod checks-x-[0-9a-f]{6} is not ready: Pending, curl ErrImagePull$/,
  );
  expect(calls.at(-1)).toMatch(/^delete -n app pod\/checks-x-[0-9a-f]{6} /);
});

test("waits for a line of a proxy's log", async () => {
  let reads = 0;
  const run: Kubectl = () =>
    Promise.resolve({ ...OK, stdout: ++reads < 3 ? "other\n" : "other\nGET /x?mark 200\n" });

  const line = await waitForLogLine({ kubectl: run, namespace: "a", selector: "b=c" }, (text) =>
    text.includes("mark"),
  );
  expect(line).toBe("GET /x?mark 200");
});

test("reads fields of the access log, with and without quotes", () => {
  const line =
    '[…] "GET / HTTP/2" 200 - downstream_tls=TLSv1.2 downstream_peer="spiffe://a/b" upstream_tls=TLSv1.3';

  expect(readLogField(line, "downstream_peer")).toBe("spiffe://a/b");
  expect(readLogField(line, "upstream_tls")).toBe("TLSv1.3");
  expect(readLogField(line, "tls")).toBeUndefined();
});

test("waits until the sidecar has written the workload's certificate", async () => {
  let reads = 0;
  const run: Kubectl = (args) => {
    const isThere = ++reads > 2;
    return Promise.resolve({ ...OK, code: isThere ? 0 : 1, stdout: isThere ? args.join(" ") : "" });
  };

  expect(await readWorkloadCertificate(container(run))).toEqual({
    chainPem: expect.stringMatching(/\/cert-chain\.pem$/) as string,
    privateKeyPem: expect.stringMatching(/\/key\.pem$/) as string,
  });
});
