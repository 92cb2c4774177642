package logs

import (
	"bytes"
	"context"
	"io"
	"os"
	"time"
)

// Options select a part of a log.
type Options struct {
	// Tail is the number of last lines wanted, or negative for all.
	Tail       int
	LimitBytes int
	Timestamps bool
	Follow     bool
	Since      time.Time
}

// poll is how often a followed file is looked at.
const poll = 100 * time.Millisecond

// Open reads the log at path. With Follow it goes on until ctx ends, or running says that the container has.
func Open(ctx context.Context, path string, options Options, running func() bool) (io.ReadCloser, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	reading, writing := io.Pipe()
	go func() {
		defer file.Close()
		var out io.Writer = writing
		if options.LimitBytes > 0 {
			out = &limited{writing, options.LimitBytes}
		}
		writing.CloseWithError(stream(ctx, file, out, options, running))
	}()
	return reading, nil
}

func stream(ctx context.Context, file *os.File, out io.Writer, options Options, running func() bool) error {
	data, err := io.ReadAll(file)
	if err != nil {
		return err
	}
	complete := bytes.LastIndexByte(data, '\n') + 1
	if err := emit(out, tail(data[:complete], options.Tail), options); err != nil {
		return err
	}
	rest := data[complete:]
	for options.Follow {
		// Asked before reading, so that what was written right before the end is still read.
		alive := running()
		more, err := io.ReadAll(file)
		if err != nil {
			return err
		}
		rest = append(rest, more...)
		complete := bytes.LastIndexByte(rest, '\n') + 1
		if err := emit(out, rest[:complete], options); err != nil {
			return err
		}
		rest = rest[complete:]
		if !alive {
			return nil
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(poll):
		}
	}
	return nil
}

// emit writes the text of log lines, or text and time.
func emit(out io.Writer, data []byte, options Options) error {
	var text bytes.Buffer
	for line := range bytes.Lines(data) {
		fields := bytes.SplitN(bytes.TrimSuffix(line, []byte("\n")), []byte(" "), 4)
		if len(fields) < 4 {
			continue
		}
		if !options.Since.IsZero() {
			if at, err := time.Parse(time.RFC3339Nano, string(fields[0])); err != nil || at.Before(options.Since) {
				continue
			}
		}
		if options.Timestamps {
			text.Write(fields[0])
			text.WriteByte(' ')
		}
		text.Write(fields[3])
		if string(fields[2]) == "F" {
			text.WriteByte('\n')
		}
	}
	_, err := out.Write(text.Bytes())
	return err
}

// tail returns the last lines of data.
func tail(data []byte, lines int) []byte {
	if lines < 0 {
		return data
	}
	at := len(data)
	for ; lines > 0 && at > 0; lines-- {
		at = bytes.LastIndexByte(data[:at-1], '\n') + 1
	}
	return data[at:]
}

// limited ends a log after a number of bytes.
type limited struct {
	io.Writer
	left int
}

func (l *limited) Write(p []byte) (int, error) {
	cut := p[:min(len(p), l.left)]
	n, err := l.Writer.Write(cut)
	l.left -= n
	if err == nil && l.left == 0 {
		err = io.EOF
	}
	return n, err
}

// End returns the text of the last lines of a log, for messages.
func End(path string, lines, size int) string {
	data, err := os.ReadFile(path)
	if err != nil {
		return ""
	}
	var text bytes.Buffer
	if emit(&text, tail(data, lines), Options{}) != nil {
		return ""
	}
	return string(text.Bytes()[max(0, text.Len()-size):])
}
