/**
 * Names of the stacks' gateway credentials. Envoy names the metric of a certificate's expiry after its Secret, so the
 * dashboard and the alerts rely on these names.
 */
export const SERVER_CREDENTIAL = "server-credential";
export const CLIENT_CREDENTIAL = "client-credential";
