package container

import (
	"fmt"
	"unsafe"

	"golang.org/x/sys/unix"
)

// setCredentials sets groups, group and user of this thread. The wrappers of the syscall package would change
// all threads, one of which may no longer be able to by then.
func setCredentials(groups []uint32, uid, gid uint32) error {
	var first unsafe.Pointer
	if len(groups) > 0 {
		first = unsafe.Pointer(&groups[0])
	}
	if _, _, errno := unix.RawSyscall(unix.SYS_SETGROUPS, uintptr(len(groups)), uintptr(first), 0); errno != 0 {
		return fmt.Errorf("set groups %v: %w", groups, errno)
	}
	if _, _, errno := unix.RawSyscall(unix.SYS_SETRESGID, uintptr(gid), uintptr(gid), uintptr(gid)); errno != 0 {
		return fmt.Errorf("set group %d: %w", gid, errno)
	}
	if _, _, errno := unix.RawSyscall(unix.SYS_SETRESUID, uintptr(uid), uintptr(uid), uintptr(uid)); errno != 0 {
		return fmt.Errorf("set user %d: %w", uid, errno)
	}
	return nil
}

func setCapabilities(wanted uint64) error {
	header := unix.CapUserHeader{Version: unix.LINUX_CAPABILITY_VERSION_3}
	var current [2]unix.CapUserData
	if err := unix.Capget(&header, &current[0]); err != nil {
		return err
	}
	var data [2]unix.CapUserData
	for i := range data {
		// Inside a user namespace some may be missing; asking for them would be refused.
		set := uint32(wanted>>(32*i)) & current[i].Permitted
		data[i] = unix.CapUserData{Effective: set, Permitted: set}
	}
	return unix.Capset(&header, &data[0])
}
