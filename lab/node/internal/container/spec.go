// Package container runs a container as a process of the host in mount, pid, ipc, uts and network namespaces of
// its own.
//
// The agent starts itself anew inside fresh namespaces ([Main]); that child builds the file system, drops what
// the container may not have, and becomes the container's command, as pid 1. It dies with the agent.
package container

// Mount puts a file or directory of the host into the container.
type Mount struct {
	Source   string
	Target   string
	ReadOnly bool
}

// Process is what runs, and as whom.
type Process struct {
	Args   []string
	Env    []string
	Dir    string
	UID    int
	GID    int
	Groups []int
	// Capabilities are names without CAP_; for root they are in effect, for others only in the bounding set,
	// as in other container runtimes.
	Capabilities []string
	// NoNewPrivileges is allowPrivilegeEscalation: false.
	NoNewPrivileges bool
	// Terminal gives the process a terminal of the container.
	Terminal bool
}

// Spec describes a container.
type Spec struct {
	// Dir is the container's own directory on a tmpfs, for what it writes to its file system.
	Dir string
	// Base is the directory that all containers see as lowest layer of their root, see [MakeBase].
	Base string
	// NetNS is the path of the pod's network namespace.
	NetNS    string
	Hostname string
	// Shm is the pod's /dev/shm.
	Shm          string
	Mounts       []Mount
	ReadOnlyRoot bool
	Privileged   bool
	Process      Process
}
