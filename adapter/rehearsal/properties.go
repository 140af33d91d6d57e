package rehearsal

import (
	"context"
	"maps"

	"github.com/patchcord/patchcord/adapter/flow"
)

// properties are what the flows of an agent share, on the stage: for one run, beginning with what the occasion gives.
type properties map[string]any

var _ flow.Properties = properties{}

func (p properties) Get(_ context.Context, key string) (value any, found bool, err error) {
	value, found = p[key]
	return value, found, nil
}

func (p properties) All(context.Context) (map[string]any, error) { return maps.Clone(p), nil }

func (p properties) Set(_ context.Context, _ flow.Effect, key string, value any) error {
	p[key] = value
	return nil
}

func (p properties) Unset(_ context.Context, _ flow.Effect, key string) error {
	delete(p, key)
	return nil
}

func (p properties) Clear(context.Context, flow.Effect) error {
	clear(p)
	return nil
}

func (p properties) Count(_ context.Context, _ flow.Effect, key string, delta float64) (float64, error) {
	n, _ := p[key].(float64)
	p[key] = n + delta
	return n + delta, nil
}
