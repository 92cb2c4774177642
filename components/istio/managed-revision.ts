/** Whether the revision is one of Cloud Service Mesh's managed control plane. Nothing of it runs in the cluster. */
export function isManaged(revision: string): boolean {
  return /^asm-managed(-|$)/.test(revision);
}
