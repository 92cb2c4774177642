package container

import (
	"fmt"
	"strings"

	"golang.org/x/sys/unix"
)

// capabilityNames is in the kernel's order.
var capabilityNames = strings.Fields(`CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID KILL SETGID SETUID SETPCAP
	LINUX_IMMUTABLE NET_BIND_SERVICE NET_BROADCAST NET_ADMIN NET_RAW IPC_LOCK IPC_OWNER SYS_MODULE SYS_RAWIO
	SYS_CHROOT SYS_PTRACE SYS_PACCT SYS_ADMIN SYS_BOOT SYS_NICE SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG MKNOD LEASE
	AUDIT_WRITE AUDIT_CONTROL SETFCAP MAC_OVERRIDE MAC_ADMIN SYSLOG WAKE_ALARM BLOCK_SUSPEND AUDIT_READ PERFMON
	BPF CHECKPOINT_RESTORE`)

// defaultCapabilities are those that the common container runtimes give.
var defaultCapabilities = strings.Fields(`CHOWN DAC_OVERRIDE FSETID FOWNER MKNOD NET_RAW SETGID SETUID SETFCAP SETPCAP
	NET_BIND_SERVICE SYS_CHROOT KILL AUDIT_WRITE`)

// Capabilities works out a container's set from what its security context adds and drops.
func Capabilities(add, drop []string, privileged bool) ([]string, error) {
	granted := map[string]bool{}
	grant := func(names []string, value bool) error {
		for _, name := range names {
			name = strings.TrimPrefix(strings.ToUpper(name), "CAP_")
			if name == "ALL" {
				for _, each := range capabilityNames {
					granted[each] = value
				}
				continue
			}
			if _, err := capabilityNumber(name); err != nil {
				return err
			}
			granted[name] = value
		}
		return nil
	}
	if privileged {
		return capabilityNames, nil
	}
	_ = grant(defaultCapabilities, true)
	// ALL first: drop ALL and add X leaves X; add ALL and drop X leaves all but X.
	for _, step := range []struct {
		names []string
		value bool
	}{{only(add, "ALL"), true}, {only(drop, "ALL"), false}, {except(add, "ALL"), true}, {except(drop, "ALL"), false}} {
		if err := grant(step.names, step.value); err != nil {
			return nil, err
		}
	}
	var names []string
	for _, name := range capabilityNames {
		if granted[name] {
			names = append(names, name)
		}
	}
	return names, nil
}

func only(names []string, wanted string) []string {
	for _, name := range names {
		if strings.EqualFold(name, wanted) {
			return []string{wanted}
		}
	}
	return nil
}

func except(names []string, unwanted string) (rest []string) {
	for _, name := range names {
		if !strings.EqualFold(name, unwanted) {
			rest = append(rest, name)
		}
	}
	return rest
}

func capabilityNumber(name string) (uint, error) {
	for number, each := range capabilityNames {
		if each == name {
			return uint(number), nil
		}
	}
	return 0, fmt.Errorf("unknown capability %q", name)
}

// become gives the calling thread the identity of the process and nothing more. The calls act on the thread
// alone, which must be the one that executes the command.
func (p *Process) become() error {
	var wanted uint64
	for _, name := range p.Capabilities {
		number, err := capabilityNumber(name)
		if err != nil {
			return err
		}
		wanted |= 1 << number
	}
	for number := range uint(len(capabilityNames)) {
		if wanted&(1<<number) == 0 {
			// EINVAL: a capability that this kernel does not have.
			if err := unix.Prctl(unix.PR_CAPBSET_DROP, uintptr(number), 0, 0, 0); err != nil && err != unix.EINVAL {
				return fmt.Errorf("drop %s: %w", capabilityNames[number], err)
			}
		}
	}
	groups := make([]uint32, len(p.Groups)+1)
	for i, group := range p.Groups {
		groups[i] = uint32(group)
	}
	if err := setCredentials(groups[:len(p.Groups)], uint32(p.UID), uint32(p.GID)); err != nil {
		return err
	}
	if p.UID == 0 {
		if err := setCapabilities(wanted); err != nil {
			return err
		}
	}
	if p.NoNewPrivileges {
		if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
			return err
		}
	}
	// A change of identity resets this.
	return unix.Prctl(unix.PR_SET_PDEATHSIG, uintptr(unix.SIGKILL), 0, 0, 0)
}
