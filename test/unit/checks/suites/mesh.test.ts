import { expect, test } from "vitest";

import { plaintext } from "../../../../checks/suites/mesh/plaintext";
import type { KubectlResult } from "../../../../checks/toolkit/kubectl";
import { answered, failed, fakeContext, fakeKubectl, POD_READY } from "../../../support/checks";

test("plaintext counts as refused only if the connection was accepted and closed", async () => {
  const observe = (result: KubectlResult) =>
    plaintext[0]?.run(fakeContext(fakeKubectl([["exec", result], ...POD_READY]).run));

  expect(await observe(failed(56, "Recv failure: Connection reset by peer"))).toMatchObject({
    pass: true,
  });
  expect(await observe(failed(28, "timed out", false))).toEqual({
    pass: false,
    observed: "time-out",
  });
  expect(await observe(failed(6, "Could not resolve host", false))).toMatchObject({ pass: false });
  expect(await observe(answered(200))).toEqual({ pass: false, observed: "200" });
});

test("plaintext is not tried with a service outside the mesh", async () => {
  const context = fakeContext(fakeKubectl([["exec", answered(200)], ...POD_READY]).run);
  const { server } = context.meshes;
  const meshes = {
    ...context.meshes,
    server: { ...server, service: { ...server.service, isInMesh: false } },
  };
  expect(await plaintext[0]?.run({ ...context, meshes })).toEqual({
    skipped: "the service is outside the mesh (services[].tls)",
  });
});
