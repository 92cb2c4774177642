import { expect, test } from "vitest";

import type { Bench, Check } from "../../../checks/check";
import { directConnection } from "../../../checks/suites/direct-connection";
import type { Kubectl, KubectlResult } from "../../../checks/toolkit/kubectl";
import type { Meshes } from "../../../checks/meshes";
import { type CurlPlace, curl, describeCurl, isClosed } from "../../../checks/toolkit/pods/curl";
import { logField, proxyLogLine } from "../../../checks/toolkit/pods/log";
import { createPod } from "../../../checks/toolkit/pods/pod";
import { plaintextInMesh } from "../../../checks/suites/plaintext-in-mesh";
import { secretReaders } from "../../../checks/suites/secret-readers";
import { unknownHost } from "../../../checks/suites/unknown-host";

const OK: KubectlResult = { code: 0, stdout: "", stderr: "" };
const MARK = "\n@@transfer ";

/** What curl writes of a call that the other side ended. */
function ended(exitcode: number, errormsg: string, connected = true): KubectlResult {
  const transfer = {
    exitcode,
    errormsg,
    http_code: 0,
    remote_ip: connected ? "203.0.113.65" : "",
    time_connect: connected ? 0.001 : 0,
  };
  const stderr = `curl: (${exitcode}) ${errormsg}\ncommand terminated with exit code ${exitcode}`;
  return { code: exitcode, stdout: MARK + JSON.stringify(transfer), stderr };
}

function answered(status: number, body = ""): KubectlResult {
  const transfer = { exitcode: 0, errormsg: null, http_code: status, remote_ip: "10.0.0.1" };
  return { ...OK, stdout: body + MARK + JSON.stringify(transfer) };
}

/** A kubectl that gives the first answer whose words are all in the command. */
function kubectl(answers: readonly (readonly [words: string, result: KubectlResult])[]) {
  const calls: string[] = [];
  const run: Kubectl = (args, options) => {
    const command = `${args.join(" ")}${options?.stdin ?? ""}`;
    calls.push(command);
    const found = answers.find(([words]) =>
      words.split(" ").every((word) => command.includes(word)),
    );
    return Promise.resolve(found?.[1] ?? { ...OK, code: 1, stderr: `unexpected: ${command}` });
  };
  return { run, calls };
}

function place(run: Kubectl): CurlPlace {
  return { kubectl: run, namespace: "app", pod: "deploy/client", container: "client" };
}

test("curl's answer is told from what it says of the transfer", async () => {
  const { run, calls } = kubectl([["exec", answered(200, '{"a":\n1}')]]);

  expect(await curl(place(run), ["http://x/"])).toEqual({
    kind: "answer",
    status: 200,
    body: '{"a":\n1}',
  });
  expect(calls[0]).toMatch(/^exec -n app deploy\/client -c client -- curl [^]* http:\/\/x\/$/);
});

test.each([
  [
    ended(56, "Recv failure: Connection reset by peer"),
    true,
    "connection to 203.0.113.65 closed while receiving",
  ],
  [
    ended(52, "Empty reply from server"),
    true,
    "connection to 203.0.113.65 closed instead of an answer",
  ],
  [
    ended(35, "OpenSSL SSL_connect: SSL_ERROR_SYSCALL in connection to x:443"),
    true,
    "connection to 203.0.113.65 closed in the TLS handshake",
  ],
  [
    ended(
      56,
      "OpenSSL SSL_read: OpenSSL/3.0.18: error:0A00045C:SSL routines::tlsv13 alert certificate required, errno 0",
    ),
    false,
    'alert "certificate required"',
  ],
  [ended(28, "Connection timed out after 5001 milliseconds", false), false, "time-out"],
  [
    ended(7, "Failed to connect to x port 80", false),
    false,
    "Failed to connect to x port 80 (curl's exit 7)",
  ],
  [
    ended(6, "Could not resolve host: x", false),
    false,
    "Could not resolve host: x (curl's exit 6)",
  ],
])("how a call ended: %#", async (result, closed, words) => {
  const seen = await curl(place(kubectl([["exec", result]]).run), ["http://x/"]);

  expect(describeCurl(seen)).toBe(words);
  expect(isClosed(seen)).toBe(closed);
});

test("an exec that fails is no answer of curl's", async () => {
  const { run } = kubectl([["exec", { ...OK, code: 1, stderr: "error: pod not found" }]]);

  await expect(curl(place(run), ["http://x/"])).rejects.toThrow(
    "curl did not run in app/deploy/client: error: pod not found",
  );
});

test("a pod that does not get ready is deleted, and the reason told", async () => {
  const status = {
    phase: "Pending",
    containerStatuses: [
      { name: "curl", ready: false, state: { waiting: { reason: "ErrImagePull" } } },
    ],
  };
  const { run, calls } = kubectl([
    ["create", OK],
    ["wait --for", { ...OK, code: 1 }],
    ["get pod", { ...OK, stdout: JSON.stringify({ status }) }],
    ["delete", OK],
  ]);

  await expect(createPod({ kubectl: run, namespace: "app", role: "x" })).rejects.toThrow(
    "the pod for the check is not ready: Pending, curl ErrImagePull",
  );
  expect(calls.at(-1)).toMatch(/^delete -n app pod\/checks-x-[0-9a-f]{6} /);
});

test("a line of a proxy's log is waited for", async () => {
  let reads = 0;
  const run: Kubectl = () =>
    Promise.resolve({ ...OK, stdout: ++reads < 3 ? "other\n" : "other\nGET /x?mark 200\n" });

  const line = await proxyLogLine({ kubectl: run, namespace: "a", selector: "b=c" }, (one) =>
    one.includes("mark"),
  );
  expect(line).toBe("GET /x?mark 200");
});

test("fields of the access log, in quotes or not", () => {
  const line =
    '[…] "GET / HTTP/2" 200 - downstream_tls=TLSv1.2 downstream_peer="spiffe://a/b" upstream_tls=TLSv1.3';

  expect(logField(line, "downstream_peer")).toBe("spiffe://a/b");
  expect(logField(line, "upstream_tls")).toBe("TLSv1.3");
  expect(logField(line, "tls")).toBeUndefined();
});

const GATEWAY = {
  name: "istio-gateway",
  namespace: "gw",
  selector: "istio=gateway",
  credentialName: "its",
};

function bench(run: Kubectl, more: Partial<Meshes> = {}): Bench {
  const meshes: Meshes = {
    hosts: ["application.test"],
    ingress: { address: "203.0.113.65", port: 443 },
    minTlsVersion: "1.2",
    rootCertPem: "",
    enforcesNetworkPolicy: false,
    server: {
      name: "server",
      kubectl: run,
      ingressGateway: GATEWAY,
      service: { namespace: "app", host: "httpbin.app.svc.cluster.local", port: 8000 },
    },
    client: {
      name: "client",
      kubectl: run,
      namespace: "app",
      egressGateway: GATEWAY,
      identity: { dnsName: "", uri: "" },
    },
    ...more,
  };
  return {
    meshes,
    use: (fixture) => fixture.create({ meshes, use: () => Promise.reject(new Error("no more")) }),
  };
}

const POD_READY = [
  ["create", OK],
  ["wait", OK],
] as const;
const [withSidecar, withoutSidecar] = directConnection as readonly [Check, Check];

test("plaintext to the service passes as refused only where the connection was taken and closed", async () => {
  const seen = (result: KubectlResult) =>
    plaintextInMesh[0]?.run(bench(kubectl([["exec", result], ...POD_READY]).run));

  expect(await seen(ended(56, "Recv failure: Connection reset by peer"))).toMatchObject({
    pass: true,
  });
  expect(await seen(ended(28, "timed out", false))).toEqual({ pass: false, observed: "time-out" });
  expect(await seen(ended(6, "Could not resolve host", false))).toMatchObject({ pass: false });
  expect(await seen(answered(200))).toEqual({ pass: false, observed: "200" });
});

test("an unknown host is refused by 502 and nothing else", async () => {
  const seen = (result: KubectlResult) =>
    unknownHost[0]?.run(bench(kubectl([["exec", result]]).run));

  expect(await seen(answered(502))).toEqual({ pass: true, observed: "502" });
  expect(await seen(answered(503))).toEqual({ pass: false, observed: "503" });
  expect(await seen(ended(28, "timed out"))).toMatchObject({ pass: false });
});

test("with a sidecar, what the server refuses was not closed by the sidecar", async () => {
  const line = "- - - BlackHoleCluster - 203.0.113.65:443 10.2.0.5:40000";
  const seen = (result: KubectlResult) =>
    withSidecar.run(
      bench(
        kubectl([
          ["exec", result],
          ["logs", { ...OK, stdout: line }],
        ]).run,
      ),
    );

  expect(await seen(ended(35, "SSL_ERROR_SYSCALL"))).toMatchObject({ pass: true });
  expect(await seen(ended(56, "SSL routines::tlsv13 alert certificate required"))).toEqual({
    pass: false,
    observed: 'alert "certificate required"',
  });
});

test("without a sidecar it is the server that refuses, or the NetworkPolicy that drops", async () => {
  const alert = ended(35, "SSL routines::sslv3 alert handshake failure");
  const dropped = ended(28, "Connection timed out", false);
  const services = JSON.stringify({ items: [{ metadata: { name: "istiod-canary" } }] });
  const seen = (direct: KubectlResult, enforcesNetworkPolicy: boolean, control = answered(200)) =>
    withoutSidecar.run(
      bench(
        kubectl([
          ["get services app=istiod", { ...OK, stdout: services }],
          ["exec http://istiod-canary.istio-system.svc", control],
          ["exec", direct],
          ...POD_READY,
        ]).run,
        { enforcesNetworkPolicy },
      ),
    );

  expect(await seen(alert, false)).toEqual({
    pass: true,
    observed: 'alert "handshake failure"',
  });
  expect(await seen(dropped, false)).toEqual({ pass: false, observed: "time-out" });
  expect(await seen(dropped, true)).toEqual({ pass: true, observed: "time-out; 200 from istiod" });
  expect(await seen(dropped, true, dropped)).toMatchObject({ pass: false });
  expect(await seen(alert, true)).toMatchObject({ pass: false });
});

test("a Secret must be forbidden to others, and readable for the gateway itself", async () => {
  const forbidden = { ...OK, code: 1, stderr: "Error from server (Forbidden): secrets …" };
  const seen = (owner: KubectlResult, other: KubectlResult) =>
    secretReaders[0]?.run(
      bench(
        kubectl([
          ["--as=system:serviceaccount:gw:istio-gateway", owner],
          ["--as=", other],
        ]).run,
      ),
    );

  expect(await seen(OK, forbidden)).toEqual({ pass: true, observed: "Forbidden" });
  expect(await seen(OK, OK)).toEqual({ pass: false, observed: "gw:default may read it" });
  expect(await seen(OK, { ...OK, code: 1, stderr: "no such host" })).toMatchObject({ pass: false });
  expect(await seen(forbidden, forbidden)).toMatchObject({ pass: false });
});
