import type { CheckContext } from "../../checks/check";
import type { Meshes } from "../../checks/meshes";
import type { Kubectl, KubectlResult } from "../../checks/toolkit/kubectl";

export const OK: KubectlResult = { code: 0, stdout: "", stderr: "" };
const MARK = "\n@@transfer ";

/** What curl writes about a transfer that failed. */
export function failed(exitcode: number, errormsg: string, connected = true): KubectlResult {
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

/** What curl writes about a transfer that succeeded. */
export function answered(status: number, body = ""): KubectlResult {
  const transfer = { exitcode: 0, errormsg: null, http_code: status, remote_ip: "10.0.0.1" };
  return { ...OK, stdout: body + MARK + JSON.stringify(transfer) };
}

/** A kubectl that gives the first answer whose words all occur in the command. */
export function fakeKubectl(
  answers: readonly (readonly [words: string, result: KubectlResult])[],
): { readonly run: Kubectl; readonly calls: string[] } {
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

/** Answers for the creation of a pod that gets ready. */
export const POD_READY = [
  ["create", OK],
  ["wait", OK],
] as const;

const GATEWAY = {
  name: "istio-gateway",
  namespace: "gw",
  selector: "istio=gateway",
  credentialName: "gateway-credential",
};

/** A context in which both clusters are reached by `run`. */
export function fakeContext(run: Kubectl, overrides: Partial<Meshes> = {}): CheckContext {
  const meshes: Meshes = {
    hosts: ["application.test"],
    ingress: { address: "203.0.113.65", port: 443 },
    minTlsVersion: "1.2",
    rootCertPem: "",
    enforcesNetworkPolicy: false,
    server: {
      name: "server",
      kubectl: run,
      existingIstio: false,
      hasOtherCa: false,
      ingressGateway: GATEWAY,
      hosts: ["application.test"],
      service: {
        namespace: "app",
        host: "httpbin.app.svc.cluster.local",
        port: 8000,
        isInMesh: true,
      },
    },
    client: {
      name: "client",
      kubectl: run,
      existingIstio: false,
      hasOtherCa: false,
      namespace: "app",
      egressGateway: GATEWAY,
      objectPrefix: "server-egress",
      minTlsVersion: "1.2",
      identity: { dnsName: "", uri: "" },
    },
    knownClients: [{ dnsName: "", uri: "", hosts: ["application.test"], suspended: false }],
    ...overrides,
  };
  const context: CheckContext = { meshes, use: (fixture) => fixture.create(context) };
  return context;
}
