// Package logs keeps container output in files of the format of the container runtimes
// (time, stream, tag, text), so that time stamps and the last run's output can be asked for.
package logs

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// stamp is RFC 3339 with all nanoseconds, so that columns line up.
const stamp = "2006-01-02T15:04:05.000000000Z"

// maxLine is where a line is split, as the container runtimes do.
const maxLine = 16 << 10

// Path of a container's log file.
func Path(dir, namespace, pod, container string) string {
	return filepath.Join(dir, namespace+"_"+pod, container+".log")
}

// Previous is where the log of a container's last run is kept.
func Previous(path string) string { return path + ".previous" }

// Writer copies the output of one run of a container to its log file.
type Writer struct {
	mu    sync.Mutex
	file  *os.File
	pumps sync.WaitGroup
}

// Create opens the file at path for a new run; the former run's becomes the previous log.
func Create(path string) (*Writer, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return nil, err
	}
	if _, err := os.Stat(path); err == nil {
		if err := os.Rename(path, Previous(path)); err != nil {
			return nil, err
		}
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_APPEND|os.O_TRUNC, 0o640)
	if err != nil {
		return nil, err
	}
	return &Writer{file: file}, nil
}

// Pipe returns the writing end for a stream of the container. It belongs to uid, because a process may open
// /dev/stdout anew, which the owner of the pipe alone may do.
func (w *Writer) Pipe(stream string, uid int) (*os.File, error) {
	reading, writing, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	if err := writing.Chown(uid, -1); err != nil {
		reading.Close()
		writing.Close()
		return nil, err
	}
	w.pumps.Go(func() {
		defer reading.Close()
		w.pump(stream, reading)
	})
	return writing, nil
}

// Close waits until all that the container wrote is in the file.
func (w *Writer) Close() error {
	w.pumps.Wait()
	return w.file.Close()
}

func (w *Writer) pump(stream string, from io.Reader) {
	reader := bufio.NewReaderSize(from, maxLine)
	for {
		line, err := reader.ReadSlice('\n')
		if len(line) > 0 {
			tag := "P"
			if line[len(line)-1] == '\n' {
				tag, line = "F", line[:len(line)-1]
			}
			w.mu.Lock()
			fmt.Fprintf(w.file, "%s %s %s %s\n", time.Now().UTC().Format(stamp), stream, tag, line)
			w.mu.Unlock()
		}
		if err != nil && err != bufio.ErrBufferFull {
			return
		}
	}
}
