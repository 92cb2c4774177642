/** Hosts for an AuthorizationPolicy, which compares them with the request's `Host` header: with and without a port. */
export function hostMatches(hosts: readonly string[]): string[] {
  return hosts.flatMap((host) => [host, `${host}:*`]);
}
