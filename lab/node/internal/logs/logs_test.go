package logs

import (
	"context"
	"io"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"
)

func write(t *testing.T, path string, text string) {
	t.Helper()
	writer, err := Create(path)
	if err != nil {
		t.Fatal(err)
	}
	pipe, err := writer.Pipe("stdout", -1)
	if err != nil {
		t.Fatal(err)
	}
	io.WriteString(pipe, text)
	pipe.Close()
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, path string, options Options) string {
	t.Helper()
	reader, err := Open(t.Context(), path, options, func() bool { return false })
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(reader)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestSelection(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ns_pod", "c.log")
	write(t, path, "one\ntwo words\n\nlast without end")
	for want, options := range map[string]Options{
		"one\ntwo words\n\nlast without end": {Tail: -1},
		"\nlast without end":                 {Tail: 2},
		"":                                   {Tail: 0},
		"one\ntw":                            {Tail: -1, LimitBytes: 6},
	} {
		if got := read(t, path, options); got != want {
			t.Errorf("%+v: %q, want %q", options, got, want)
		}
	}
	if got := read(t, path, Options{Tail: -1, Since: time.Now().Add(time.Minute)}); got != "" {
		t.Errorf("lines of the past: %q", got)
	}
	if got := read(t, path, Options{Tail: -1, Timestamps: true}); got[4] != '-' {
		t.Errorf("no time: %q", got)
	}
}

func TestPrevious(t *testing.T) {
	path := filepath.Join(t.TempDir(), "c.log")
	write(t, path, "first run\n")
	write(t, path, "second run\n")
	if got := read(t, Previous(path), Options{Tail: -1}); got != "first run\n" {
		t.Errorf("previous: %q", got)
	}
	if got := End(path, 1, 3); got != "un\n" {
		t.Errorf("end: %q", got)
	}
}

func TestFollowEndsWithTheContainer(t *testing.T) {
	path := filepath.Join(t.TempDir(), "c.log")
	writer, _ := Create(path)
	pipe, _ := writer.Pipe("stderr", -1)
	var alive atomic.Bool
	alive.Store(true)
	reader, err := Open(context.Background(), path, Options{Tail: -1, Follow: true}, alive.Load)
	if err != nil {
		t.Fatal(err)
	}
	go func() {
		io.WriteString(pipe, "late\n")
		pipe.Close()
		writer.Close()
		alive.Store(false)
	}()
	if data, _ := io.ReadAll(reader); string(data) != "late\n" {
		t.Errorf("followed: %q", data)
	}
}
