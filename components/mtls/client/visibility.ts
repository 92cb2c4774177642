import * as pulumi from "@pulumi/pulumi";

/** The namespace of an object, and others that see it. Istio refuses a list that names a namespace twice. */
export function visibility(
  own: pulumi.Input<string>,
  others: readonly pulumi.Input<string>[],
): pulumi.Output<string[]> {
  return pulumi
    .all([own, ...others])
    .apply(([here, ...there]) => [
      ".",
      ...there.filter((each, index) => each !== here && there.indexOf(each) === index),
    ]);
}
