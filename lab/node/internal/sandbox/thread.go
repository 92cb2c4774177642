package sandbox

import (
	"errors"
	"os"
	"runtime"

	"golang.org/x/sys/unix"
)

// Do calls f on a thread that is in the network namespace at path.
func Do(path string, f func() error) error {
	result := make(chan error, 1)
	// A goroutine of its own, so that a thread that is given up is not the caller's.
	go func() {
		restore, err := enter(path)
		if err == nil {
			err = errors.Join(f(), restore())
		}
		result <- err
	}()
	return <-result
}

// enter moves the calling goroutine, and the thread it is bound to from now on, into a network namespace. The
// function returned moves back; a thread that cannot is given up.
func enter(path string) (restore func() error, err error) {
	runtime.LockOSThread()
	home, err := os.Open("/proc/thread-self/ns/net")
	if err != nil {
		runtime.UnlockOSThread()
		return nil, err
	}
	target, err := os.Open(path)
	if err == nil {
		err = unix.Setns(int(target.Fd()), unix.CLONE_NEWNET)
		target.Close()
	}
	if err != nil {
		home.Close()
		runtime.UnlockOSThread()
		return nil, err
	}
	return func() error {
		defer home.Close()
		if err := unix.Setns(int(home.Fd()), unix.CLONE_NEWNET); err != nil {
			return err
		}
		runtime.UnlockOSThread()
		return nil
	}, nil
}
