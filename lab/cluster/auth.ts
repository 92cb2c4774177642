import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";

/** Who may talk to the API server, and the groups that RBAC's bootstrap roles are bound to. */
export const USERS = {
  admin: ["system:masters"],
  "system:kube-controller-manager": [],
  "system:kube-scheduler": [],
  "system:kube-proxy": [],
  "lab:node": [],
} as const satisfies Record<string, readonly string[]>;

export type User = keyof typeof USERS;

export function createTokens(): Record<User, string> {
  const users = Object.keys(USERS) as User[];
  const tokens = users.map((user) => [user, randomBytes(24).toString("hex")]);
  return Object.fromEntries(tokens) as Record<User, string>;
}

/** The file for the API server's --token-auth-file. */
export function formatTokenFile(tokens: Record<User, string>): string {
  return Object.entries(USERS)
    .map(([user, groups]) => `${tokens[user as User]},${user},${user},"${groups.join(",")}"\n`)
    .join("");
}

export interface KubeconfigArgs {
  readonly cluster: string;
  readonly server: string;
  readonly caPem: string;
  readonly token: string;
}

export function formatKubeconfig({ cluster, server, caPem, token }: KubeconfigArgs): string {
  return `apiVersion: v1
kind: Config
clusters:
  - name: ${cluster}
    cluster:
      server: ${server}
      certificate-authority-data: ${Buffer.from(caPem).toString("base64")}
users:
  - name: ${cluster}
    user:
      token: ${token}
contexts:
  - name: ${cluster}
    context:
      cluster: ${cluster}
      user: ${cluster}
current-context: ${cluster}
`;
}

/** Writes a file that its owner alone may read. */
export function writeSecretFile(path: string, text: string): string {
  writeFileSync(path, text, { mode: 0o600 });
  return path;
}
