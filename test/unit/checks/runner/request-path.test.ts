import { beforeAll, describe, expect, test } from "vitest";

import { describePath, type RequestPath } from "../../../../checks/runner/request-path";
import { type Authority, createAuthority } from "../../../../checks/toolkit/pki/authority";
import { issue, validLeaf } from "../../../../checks/toolkit/pki/leaf";
import { answered, fakeContext, OK } from "../../../support/checks";
import type { Kubectl } from "../../../../checks/toolkit/kubectl";

const SPIFFE = "spiffe://client.test/ns/app/sa";

let root: Authority;
let chains: Record<string, string>;

beforeAll(async () => {
  root = await createAuthority("root.test");
  const ca = await createAuthority("CA", root);
  const chainOf = async (usage: "clientAuth" | "serverAuth", dnsNames: string[], uris: string[]) =>
    (await issue(validLeaf({ usage, dnsNames, uris }), ca)).chainPem;
  chains = {
    "client-credential": await chainOf("clientAuth", ["client.test"], [`${SPIFFE}/egress`]),
    "server-credential": await chainOf("serverAuth", ["application.test"], []),
    sidecar: await chainOf("clientAuth", [], [`${SPIFFE}/client`]),
    egress: await chainOf("clientAuth", [], [`${SPIFFE}/egress`]),
    ingress: await chainOf("clientAuth", [], ["spiffe://server.test/ns/gw/sa/ingress"]),
    service: await chainOf("clientAuth", [], ["spiffe://server.test/ns/app/sa/httpbin"]),
  };
});

/** A line of an access log in the program's format. */
const line = (mark: string, protocol: string, upstream: string, local: string, tls: string) =>
  `[2030-01-01T00:00:00.000Z] "GET /status/404?${mark} ${protocol}" 404 - via_upstream - "-" 0 9 1 1 "-" "curl" "id" ` +
  `"application.test" "${upstream}" outbound|80||application.test 10.0.0.5:4711 ${local} 10.0.0.5:4712 - - ` +
  `downstream_tls=${tls} downstream_peer="-" downstream_chain=- upstream_tls=TLSv1.3`;

/** Both clusters; `logs` are the lines of the proxies by their label selector. */
function cluster(logs: (mark: string) => Record<string, string>): Kubectl {
  let mark = "";
  const base64 = (text: string) => Buffer.from(text).toString("base64");
  return (args) => {
    const command = args.join(" ");
    const secret = /get secret (\S+-credential)/.exec(command)?.[1];
    if (secret !== undefined)
      return Promise.resolve({ ...OK, stdout: base64(chains[secret] ?? "") });
    if (command.includes(" curl ")) {
      mark = /\/status\/404\?(\S+)/.exec(command)?.[1] ?? "";
      return Promise.resolve(answered(404));
    }
    const selector = /-l app=(\S+)/.exec(command)?.[1] ?? "";
    if (command.startsWith("logs"))
      return Promise.resolve({ ...OK, stdout: logs(mark)[selector] ?? "" });
    if (command.startsWith("get pods")) return Promise.resolve({ ...OK, stdout: selector });
    if (command.startsWith("get deployment"))
      return Promise.resolve({
        ...OK,
        stdout: JSON.stringify({ spec: { selector: { matchLabels: { app: "sidecar" } } } }),
      });
    if (command.startsWith("get service"))
      return Promise.resolve({
        ...OK,
        stdout: JSON.stringify({ spec: { selector: { app: "service" } } }),
      });
    const pod = /exec -n \S+ (\S+) -c istio-proxy/.exec(command)?.[1];
    const chain = chains[pod ?? ""];
    if (chain !== undefined) {
      const secret = { tls_certificate: { certificate_chain: { inline_bytes: base64(chain) } } };
      return Promise.resolve({
        ...OK,
        stdout: JSON.stringify({ configs: [{ name: "default", secret }] }),
      });
    }
    return Promise.resolve({ ...OK, code: 1, stderr: `unexpected: ${command}` });
  };
}

const gateway = (name: string, credentialName: string) => ({
  ...{ name, credentialName, namespace: "gw", selector: `app=${name}` },
});

function meshes(run: Kubectl, isInMesh = true) {
  const { meshes: all } = fakeContext(run, { rootCertPem: root.certificate.toString("pem") });
  return {
    ...all,
    server: {
      ...all.server,
      ingressGateway: gateway("ingress", "server-credential"),
      service: { ...all.server.service, isInMesh },
    },
    client: { ...all.client, egressGateway: gateway("egress", "client-credential") },
  };
}

const allLogs = (mark: string) => ({
  sidecar: line(mark, "HTTP/1.1", "10.0.0.7:8443", "240.240.0.1:80", "-"),
  egress: line(mark, "HTTP/2", "203.0.113.65:443", "10.0.0.7:8443", "TLSv1.3"),
  ingress: line(mark, "HTTP/2", "10.1.0.9:8080", "10.1.0.2:8443", "TLSv1.3"),
  service: line(mark, "HTTP/1.1", "10.1.0.9:8080", "10.1.0.9:8080", "TLSv1.3"),
});

describe("the path of a request", () => {
  test("has the addresses, protocols and certificate names of each connection", async () => {
    const path = (await describePath(meshes(cluster(allLogs)))) as RequestPath;
    expect(path.stops.map(({ mesh, name }) => `${mesh}: ${name}`)).toEqual([
      "client: application",
      "client: its sidecar",
      "client: egress gateway",
      "server: ingress gateway",
      "server: sidecar of httpbin",
      "server: httpbin",
    ]);
    expect(path.hops).toEqual([
      { address: "240.240.0.1:80", protocol: "HTTP/1.1" },
      {
        ...{ address: "10.0.0.7:8443", protocol: "HTTP/2" },
        tls: { version: "TLSv1.3", client: [`${SPIFFE}/client`], server: [`${SPIFFE}/egress`] },
      },
      {
        ...{ address: "203.0.113.65:443", protocol: "HTTP/2" },
        tls: {
          version: "TLSv1.3",
          client: ["client.test", `${SPIFFE}/egress`],
          server: ["application.test"],
        },
      },
      {
        ...{ address: "10.1.0.9:8080", protocol: "HTTP/1.1" },
        tls: {
          version: "TLSv1.3",
          client: ["spiffe://server.test/ns/gw/sa/ingress"],
          server: ["spiffe://server.test/ns/app/sa/httpbin"],
        },
      },
      { address: "10.1.0.9:8080" },
    ]);
  });

  test("ends at the gateway's connection if the service has no sidecar", async () => {
    const run = cluster(allLogs);
    const path = (await describePath(meshes(run, false))) as RequestPath;
    expect(path.stops).toHaveLength(5);
    expect(path.hops.at(-1)).toEqual({
      address: "10.1.0.9:8080",
      tls: { version: "TLSv1.3", client: [], server: [] },
    });
  });

  test("says why it could not be read", async () => {
    const run: Kubectl = () => Promise.resolve({ ...OK, code: 1, stderr: "no cluster" });
    expect(await describePath(meshes(run))).toEqual({
      problem: expect.stringContaining("no cluster") as string,
    });
  });
});
