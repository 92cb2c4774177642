import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";

/** Users of the API server, and their groups. The bootstrap roles of RBAC are bound to names and groups. */
const USERS = {
  admin: ["system:masters"],
  "system:kube-controller-manager": [],
  "system:kube-scheduler": [],
  "system:kube-proxy": [],
  "system:node": ["system:nodes"],
  "lab:network-policies": [],
} as const satisfies Record<string, readonly string[]>;

export type User = keyof typeof USERS;

/** Creates a random token for each user. */
export function createTokens(): Record<User, string> {
  const users = Object.keys(USERS) as User[];
  const tokens = users.map((user) => [user, randomBytes(24).toString("hex")]);
  return Object.fromEntries(tokens) as Record<User, string>;
}

/** Formats the file for the API server's --token-auth-file. The user of a node has the node's name in its own. */
export function formatTokenFile(tokens: Record<User, string>, nodeName: string): string {
  return Object.entries(USERS)
    .map(([user, groups]) => {
      const name = user === "system:node" ? `${user}:${nodeName}` : user;
      return `${tokens[user as User]},${name},${name},"${groups.join(",")}"\n`;
    })
    .join("");
}

/** What a kubeconfig with a token needs. */
export interface KubeconfigArgs {
  readonly cluster: string;
  readonly server: string;
  readonly caPem: string;
  readonly token: string;
}

/** Formats a kubeconfig with one context. */
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

/** Writes a file that only its owner can read; returns its path. */
export function writeSecretFile(path: string, text: string): string {
  writeFileSync(path, text, { mode: 0o600 });
  return path;
}
