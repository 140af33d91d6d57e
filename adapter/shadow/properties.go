package shadow

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// properties are what the draft itself has set: all else was known to the adapter alone.
type properties struct {
	of      map[string]any // nil for what was unset
	cleared bool
}

var (
	_ flow.Properties = (*properties)(nil)
	_ flow.Contacts   = properties{}
)

func (p *properties) Get(_ context.Context, key string) (value any, found bool, err error) {
	value, known := p.of[key]
	if !known && (!p.cleared || flow.BuiltIn(key)) {
		return nil, false, errElsewhere
	}
	return value, value != nil, nil
}

func (p *properties) All(context.Context) (map[string]any, error) { return nil, errElsewhere }

func (p *properties) Set(_ context.Context, _ flow.Effect, key string, value any) error {
	if flow.BuiltIn(key) {
		return errElsewhere // the adapter refuses it
	}
	p.of[key] = value
	return nil
}

func (p *properties) Unset(_ context.Context, _ flow.Effect, key string) error {
	if flow.BuiltIn(key) {
		return errElsewhere
	}
	p.of[key] = nil
	return nil
}

func (p *properties) Clear(context.Context, flow.Effect) error {
	clear(p.of)
	p.cleared = true
	return nil
}

func (p *properties) Count(_ context.Context, _ flow.Effect, key string, delta float64) (float64, error) {
	value, known := p.of[key]
	if !known && !p.cleared || flow.BuiltIn(key) {
		return 0, errElsewhere
	}
	n, _ := value.(float64)
	p.of[key] = n + delta
	return n + delta, nil
}

// Times are those that were recorded.
func (properties) Times(context.Context) (flow.Times, error) { return flow.Times{}, errElsewhere }
