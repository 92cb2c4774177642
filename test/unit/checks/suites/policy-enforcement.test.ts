import { describe, expect, test, vi } from "vitest";

import { policyEnforcement } from "../../../../checks/suites/egress/policy-enforcement";
import type { KubectlResult } from "../../../../checks/toolkit/kubectl";
import { answered, failed, fakeContext, fakeKubectl, OK, POD_READY } from "../../../support/checks";

const ALERT = failed(35, "SSL routines::sslv3 alert handshake failure");
const DROPPED = failed(
  28,
  "Failed to connect to 203.0.113.65 port 443: Timeout was reached",
  false,
);
const REJECTED = failed(7, "Failed to connect to 203.0.113.65 port 443", false);

interface Answers {
  /** To the pod of the application. */
  readonly inside: KubectlResult;
  /** To the pod of another namespace. */
  readonly outside: KubectlResult;
  /** To the pod that a policy denies everything. @default the cluster is known to enforce policies */
  readonly denied?: KubectlResult;
  /** Range that the NetworkPolicy allows. @default none */
  readonly allowed?: string;
}

function observe(slug: string, { inside, outside, denied, allowed }: Answers) {
  const egress = allowed ? [{ to: [{ ipBlock: { cidr: allowed } }], ports: [{ port: 80 }] }] : [];
  const policies = JSON.stringify({ items: [{ spec: { podSelector: {}, egress } }] });
  const services = JSON.stringify({ items: [{ metadata: { name: "istiod-canary" } }] });
  const { run } = fakeKubectl([
    ["get services app=istiod", { ...OK, stdout: services }],
    ["get networkpolicies", { ...OK, stdout: policies }],
    ["exec checks-no-egress", denied ?? OK],
    ["exec checks-no-sidecar", inside],
    ["exec checks-outside", outside],
    ["logs checks-new", { ...inside, code: 0 }],
    ["delete pod/checks-new", OK],
    ...POD_READY,
  ]);
  const check = policyEnforcement.find((candidate) => candidate.slug === slug);
  return check?.run(fakeContext(run, { enforcesNetworkPolicy: denied === undefined }));
}

describe.each(["egress/direct-without-sidecar", "egress/direct-from-new-pod"])("%s", (slug) => {
  test("passes if the network blocks it and the server answers a pod of another namespace", async () => {
    expect(await observe(slug, { inside: DROPPED, outside: ALERT })).toEqual({
      pass: true,
      observed: 'dropped; in another namespace alert "handshake failure"',
    });
    expect(await observe(slug, { inside: REJECTED, outside: ALERT })).toEqual({
      pass: true,
      observed:
        "rejected: Failed to connect to 203.0.113.65 port 443; " +
        'in another namespace alert "handshake failure"',
    });
  });

  test("fails if the server refuses it, or closes the connection", async () => {
    expect(await observe(slug, { inside: ALERT, outside: ALERT })).toEqual({
      pass: false,
      observed: 'alert "handshake failure"; in another namespace alert "handshake failure"',
    });
    const closed = failed(56, "Recv failure: Connection reset by peer");
    expect(await observe(slug, { inside: closed, outside: ALERT })).toMatchObject({ pass: false });
  });

  test("fails if the server does not answer a pod of another namespace either", async () => {
    expect(await observe(slug, { inside: DROPPED, outside: DROPPED })).toEqual({
      pass: false,
      observed: "no path to the server: time-out in another namespace",
    });
  });

  test("fails if it connects, although the cluster enforces other policies", async () => {
    expect(await observe(slug, { inside: DROPPED, outside: ALERT, denied: DROPPED })).toMatchObject(
      { pass: true },
    );
    expect(await observe(slug, { inside: ALERT, outside: ALERT, denied: DROPPED })).toMatchObject({
      pass: false,
    });
  });

  test("is skipped if the cluster enforces no policy", async () => {
    vi.useFakeTimers();
    const observation = observe(slug, { inside: ALERT, outside: ALERT, denied: ALERT });
    await vi.advanceTimersByTimeAsync(11_000);
    vi.useRealTimers();

    expect(await observation).toEqual({
      skipped: "the client's cluster let a pod connect although a NetworkPolicy forbids it",
    });
  });
});

describe("egress/metadata-server", () => {
  const slug = "egress/metadata-server";

  test("passes only if it answers a pod of another namespace and not one of the application", async () => {
    expect(await observe(slug, { inside: DROPPED, outside: answered(200) })).toEqual({
      pass: true,
      observed: "dropped; in another namespace 200",
    });
    expect(await observe(slug, { inside: answered(403), outside: answered(200) })).toEqual({
      pass: false,
      observed: "403; in another namespace 200",
    });
  });

  test("is skipped if the policy allows it, and not if it allows something else", async () => {
    const answers = { inside: answered(200), outside: answered(200) };
    expect(await observe(slug, { ...answers, allowed: "169.254.169.254/32" })).toEqual({
      skipped: "the NetworkPolicy allows it (networkPolicyAllows)",
    });
    expect(await observe(slug, { ...answers, allowed: "192.0.2.0/24" })).toMatchObject({
      pass: false,
    });
  });

  test("is skipped without a metadata server", async () => {
    expect(await observe(slug, { inside: DROPPED, outside: DROPPED })).toEqual({
      skipped: "no metadata server: time-out from a pod of another namespace",
    });
  });
});

test("inside the cluster, istiod must answer, also without a policy engine", async () => {
  const slug = "egress/inside-cluster";

  expect(await observe(slug, { inside: answered(200), outside: ALERT, denied: ALERT })).toEqual({
    pass: true,
    observed: "200 from istiod",
  });
  const unresolved = failed(28, "Resolving timed out after 5000 milliseconds", false);
  expect(await observe(slug, { inside: unresolved, outside: ALERT })).toMatchObject({
    pass: false,
  });
});
