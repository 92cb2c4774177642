import { afterEach, expect, test, vi } from "vitest";

import { policyEngine } from "../../../../checks/toolkit/fixtures/policy-engine";
import type { KubectlResult } from "../../../../checks/toolkit/kubectl";
import { failed, fakeContext, fakeKubectl, POD_READY } from "../../../support/checks";

const ALERT = failed(35, "SSL routines::sslv3 alert handshake failure");
const DROPPED = failed(28, "Connection timed out after 5001 milliseconds", false);

function tryEngine(result: KubectlResult) {
  const { run, calls } = fakeKubectl([["exec checks-no-egress", result], ...POD_READY]);
  return { calls, found: policyEngine.create(fakeContext(run)) };
}

afterEach(() => {
  vi.useRealTimers();
});

test("an engine blocks a pod that a policy denies everything", async () => {
  const { calls, found } = tryEngine(DROPPED);

  expect(await found).toBe(true);
  const [policy, pod] = ["NetworkPolicy", "checks-no-egress-"].map((word) =>
    calls.findIndex((call) => call.includes(word)),
  );
  expect(policy).toBeGreaterThan(-1);
  expect(pod).toBeGreaterThan(policy ?? 0);
});

test("without an engine, the pod connects for as long as an engine may take", async () => {
  vi.useFakeTimers();
  const { found } = tryEngine(ALERT);
  await vi.advanceTimersByTimeAsync(11_000);

  expect(await found).toBe(false);
});
