package kubelet

import (
	"context"
	"log/slog"
	"strings"
)

// misleading are messages of virtual-kubelet about what the client for it (see podsGetter) does otherwise, and
// about pods that have ended, which is no fault.
var misleading = []string{"Force deleting pod in running state", "skipping sync of pod"}

// withoutMisleading drops those messages.
type withoutMisleading struct{ slog.Handler }

// Handle implements [slog.Handler].
func (h withoutMisleading) Handle(ctx context.Context, record slog.Record) error {
	for _, message := range misleading {
		if strings.HasPrefix(record.Message, message) {
			return nil
		}
	}
	return h.Handler.Handle(ctx, record)
}

// WithAttrs implements [slog.Handler].
func (h withoutMisleading) WithAttrs(attrs []slog.Attr) slog.Handler {
	return withoutMisleading{h.Handler.WithAttrs(attrs)}
}

// WithGroup implements [slog.Handler].
func (h withoutMisleading) WithGroup(name string) slog.Handler {
	return withoutMisleading{h.Handler.WithGroup(name)}
}
