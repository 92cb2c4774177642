import type { Check } from "../../check";
import { clientPod } from "../../toolkit/pods/container";
import { curl, describeCurl } from "../../toolkit/pods/curl";

/** The purpose of the program: the application sends plain HTTP and has no certificate. */
export const plainHttp: readonly Check[] = [
  {
    slug: "path/plain-http",
    title: "plain HTTP from the client pod",
    requirement: "plain-http-passes",
    expected: "200",
    why: "Applications call the server without TLS code and without certificates.",
    threat: "A mistake in any part of the path breaks every call to the server.",
    async run({ meshes }) {
      const [host] = meshes.hosts;
      const result = await curl(clientPod(meshes), [`http://${host}/headers`]);
      return {
        pass: result.kind === "answer" && result.status === 200,
        observed: describeCurl(result),
      };
    },
  },
  {
    slug: "path/http10",
    title: "HTTP/1.0 from the client pod",
    requirement: "plain-http-passes",
    expected: "200",
    why: "Old HTTP clients send HTTP/1.0, some proxies do so by default.",
    threat: "The sidecar closes the connection without an answer that says why.",
    async run({ meshes }) {
      const { hosts, server, client } = meshes;
      if (server.existingIstio || client.existingIstio) {
        return { skipped: "an existing Istio decides with its own setting PILOT_HTTP10" };
      }
      const [host] = hosts;
      const result = await curl(clientPod(meshes), ["--http1.0", `http://${host}/headers`]);
      return {
        pass: result.kind === "answer" && result.status === 200,
        observed: describeCurl(result),
      };
    },
  },
  {
    slug: "path/every-host",
    title: "plain HTTP to every host of the client",
    requirement: "every-host-and-client",
    expected: "200 from each host",
    expectedFor: ({ hosts }) => `${hosts.length} × 200`,
    why: "Each host has its own routes, listener names and certificate names.",
    threat: "A host that is missing from one of them fails while the others work.",
    async run({ meshes }) {
      const results = await Promise.all(
        meshes.hosts.map(async (host) => ({
          host,
          result: await curl(clientPod(meshes), [`http://${host}/headers`]),
        })),
      );
      return {
        pass: results.every(({ result }) => result.kind === "answer" && result.status === 200),
        observed: results.map(({ host, result }) => `${host}: ${describeCurl(result)}`).join(", "),
      };
    },
  },
];
